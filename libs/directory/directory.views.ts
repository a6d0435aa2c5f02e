import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { bodiesAt } from './body-versions.store.js';
import { Directory } from './directory.js';
import { type Person, personsAt, personsOf, type Turn, turnsAfter, turnsAt } from './people.store.js';
import { type OnDuty, onDutyAt } from './rules/on-duty.js';

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

/** Everything about one body on a day. */
export interface BodyDetail extends BodyView {
  duty: string;
  strongWords: string[];
  weakWords: string[];
  persons: Person[];
  turns: Turn[];
  onDuty: OnDuty;
  /** Accounts that may sign for it now. */
  accounts: number;
}

export interface BodyGap {
  bodyId: string;
  name: string;
  gap: 'nobody' | 'noSpokesperson' | 'noDeputy';
}

/** Who answers for a body now, and the turns around now, with names. */
export interface BodyDuty {
  bodyId: string;
  personName: string | null;
  deputyName: string | null;
  by: OnDuty['by'];
  turns: {
    id: string;
    personName: string;
    deputyName: string | null;
    startsAt: Date;
    endsAt: Date;
    begun: boolean;
    handover: Turn['handover'];
  }[];
}

/** Turns that ended lately are shown for their hand-over notes. */
const RECENT_MS = 3 * 86_400_000;

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
      `SELECT b.id, b.code, b.jurisdiction, coalesce(v.name, b.name) AS name, coalesce(v.short_name, b.short_name) AS "shortName", b.kind, b.level,
              b.parent_id AS "parentId", b.regulator_id AS "regulatorId"
         FROM bodies b LEFT JOIN LATERAL (
           SELECT x.name, x.short_name FROM body_versions x WHERE x.body_id = b.id AND x.valid_from <= (huiying_now() AT TIME ZONE 'Asia/Shanghai')::date
            ORDER BY x.valid_from DESC LIMIT 1) v ON true
        WHERE b.valid_to IS NULL OR b.valid_to > huiying_now() ORDER BY b.jurisdiction, b.code`,
    );
  }

  /** A body with its people, turns, matter words and whether anybody can be told of an order now. */
  async detail(tx: Transaction, bodyId: string, at: Date): Promise<BodyDetail | undefined> {
    const [named] = await bodiesAt(tx, [bodyId], at);
    const body = (await this.bodies(tx)).find(({ id }) => id === bodyId);
    if (named === undefined || body === undefined) return undefined;
    const persons = await personsAt(tx, [bodyId], at);
    const onDuty = onDutyAt(await turnsAt(tx, [bodyId], at), persons, at);
    const type = this.directory.city.types.get(body.code);
    const accounts = await tx.one<{ n: number }>(
      `SELECT count(*)::int AS n FROM duties WHERE body_id = $1 AND duty IN ('spokesperson', 'liaison') AND valid_from <= huiying_now() AND (valid_to IS NULL OR valid_to > huiying_now())`,
      [bodyId],
    );
    return {
      ...body,
      name: named.name,
      shortName: named.shortName,
      duty: type?.duty ?? '',
      strongWords: [...(type?.strong ?? [])],
      weakWords: [...(type?.weak ?? [])],
      persons,
      turns: await turnsAfter(tx, bodyId, new Date(at.getTime() - RECENT_MS)),
      onDuty,
      accounts: accounts?.n ?? 0,
    };
  }

  /** Duty of bodies: turns that ended lately, the running one, and those to come. */
  async dutyOf(tx: Transaction, bodyIds: readonly string[], at: Date): Promise<BodyDuty[]> {
    const duties: BodyDuty[] = [];
    for (const bodyId of bodyIds) {
      // Somebody of a past turn may have left the body since.
      const names = new Map((await personsOf(tx, bodyId)).map(({ id, name }) => [id, name]));
      const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
      const onDuty = onDutyAt(await turnsAt(tx, [bodyId], at), await personsAt(tx, [bodyId], at), at);
      const turns = await turnsAfter(tx, bodyId, new Date(at.getTime() - RECENT_MS));
      duties.push({
        bodyId,
        personName: nameOf(onDuty.personId),
        deputyName: nameOf(onDuty.deputyId),
        by: onDuty.by,
        turns: turns.map(({ id, personId, deputyId, startsAt, endsAt, handover }) => ({
          id,
          personName: nameOf(personId) ?? '',
          deputyName: nameOf(deputyId),
          startsAt,
          endsAt,
          begun: startsAt <= at,
          handover,
        })),
      });
    }
    return duties;
  }

  /** Bodies that can get a case and have nobody to tell: neither a person of the directory nor an account that signs. */
  async gaps(tx: Transaction): Promise<BodyGap[]> {
    const now = await tx.now();
    const bodies = (await this.bodies(tx)).filter(({ kind }) => kind !== 'town');
    const roles = new Map<string, Set<string>>();
    for (const { bodyId, role } of await personsAt(
      tx,
      bodies.map(({ id }) => id),
      now,
    ))
      roles.set(bodyId, (roles.get(bodyId) ?? new Set()).add(role));
    return bodies.flatMap(({ id, name }): BodyGap[] => {
      const here = roles.get(id);
      if (here === undefined) return [{ bodyId: id, name, gap: 'nobody' }];
      if (!here.has('spokesperson')) return [{ bodyId: id, name, gap: 'noSpokesperson' }];
      return here.has('deputy') ? [] : [{ bodyId: id, name, gap: 'noDeputy' }];
    });
  }
}
