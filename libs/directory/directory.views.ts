import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { Directory } from './directory.js';

/** A responding body as screens show it. */
export interface BodyView {
  id: string;
  code: string;
  jurisdiction: string;
  name: string;
  shortName: string;
  kind: string;
  level: string;
  parentId: string | null;
  regulatorId: string | null;
}

@Injectable()
export class DirectoryViews {
  constructor(private readonly directory: Directory) {}

  cityName(): string {
    return this.directory.city.name;
  }

  jurisdictions(): { code: string; name: string }[] {
    return [...this.directory.city.jurisdictions.values()].map(({ code, name }) => ({ code, name }));
  }

  /** The bodies that are in the database: those of the packs, with whatever an administrator changed. */
  async bodies(tx: Transaction): Promise<BodyView[]> {
    return tx.query<BodyView>(
      `SELECT id, code, jurisdiction, name, short_name AS "shortName", kind, level, parent_id AS "parentId", regulator_id AS "regulatorId"
         FROM bodies WHERE valid_to IS NULL OR valid_to > huiying_now() ORDER BY jurisdiction, code`,
    );
  }
}
