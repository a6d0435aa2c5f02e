import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import type { WordingEntry } from './rules/wording.js';

/** The wording sheet of an incident (统一口径): what all bodies say alike. */
export interface WordingSheet {
  entries: WordingEntry[];
  note: string;
  updatedByName: string;
  updatedAt: Date;
  version: number;
}

export async function wordingOf(tx: Transaction, incidentId: string): Promise<WordingSheet | undefined> {
  const parameters: unknown[] = [];
  const visible = tx.visible('wording_sheets', parameters);
  parameters.push(incidentId);
  return tx.one<WordingSheet>(
    `SELECT w.entries, w.note, w.updated_by_name AS "updatedByName", w.updated_at AS "updatedAt", w.version FROM ${visible} w WHERE w.incident_id = $${parameters.length}`,
    parameters,
  );
}

/** Fenced by the version that was read; 0 when there was none. */
export async function saveWording(
  tx: Transaction,
  incidentId: string,
  sheet: Pick<WordingSheet, 'entries' | 'note'> & { by: { id: string; name: string }; expected: number },
): Promise<number> {
  const { entries, note, by, expected } = sheet;
  const row = await tx.one<{ version: number }>(
    `INSERT INTO wording_sheets (incident_id, entries, note, updated_by, updated_by_name, updated_at) VALUES ($1, $2, $3, $4, $5, huiying_now())
     ON CONFLICT (incident_id) DO UPDATE SET entries = excluded.entries, note = excluded.note, updated_by = excluded.updated_by,
       updated_by_name = excluded.updated_by_name, updated_at = excluded.updated_at, version = wording_sheets.version + 1
     WHERE wording_sheets.version = $6 RETURNING version`,
    [incidentId, JSON.stringify(entries), note, by.id, by.name, expected],
  );
  if (row === undefined || (expected > 0 && row.version === 1))
    throw new DomainError('VERSION_CONFLICT', 412, 'the wording sheet has changed since it was read');
  return row.version;
}
