import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { jurisdictionPattern } from '#platform/database/scope.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { INGEST_EVENTS } from './contract.js';
import type { ItemOrigin } from './items.store.js';
import { crossesThreshold, type FoundWord, matchStandard, type MonitoringStandard } from './rules/standards.js';

/** A version of a body's standard as it stands in the registry. */
export interface StandardView extends MonitoringStandard {
  jurisdiction: string;
  name: string;
  version: number;
  effectiveFrom: Date;
  effectiveTo: Date | null;
  createdBy: string;
}

export type NewStandard = Omit<StandardView, 'id' | 'version' | 'effectiveTo' | 'jurisdiction'>;

const COLUMNS = `s.id, s.body_id AS "bodyId", s.words, s.exclusions, s.minimum_words AS "minimumWords", s.alarm_items AS "alarmItems", s.alarm_hours AS "alarmHours"`;

/** Versions of standards inside the scope, those in force first. */
export async function listStandards(tx: Transaction): Promise<StandardView[]> {
  const parameters: unknown[] = [];
  return tx.query<StandardView>(
    `SELECT ${COLUMNS}, s.jurisdiction, s.name, s.version, s.effective_from AS "effectiveFrom", s.effective_to AS "effectiveTo", s.created_by AS "createdBy"
       FROM ${tx.visible('monitoring_standards', parameters)} s ORDER BY s.body_id, s.version DESC LIMIT 500`,
    parameters,
  );
}

/**
 * Adds the next version of a body's standard; the one before ends where it begins. What was matched before keeps the version of
 * its day. 404 for an unknown body, 422 when it would begin before the version that is in force.
 */
export async function addStandard(
  tx: Transaction,
  standard: NewStandard,
): Promise<{ id: string; version: number; jurisdiction: string }> {
  const body = await tx.one<{ jurisdiction: string }>('SELECT jurisdiction FROM bodies WHERE id = $1', [
    standard.bodyId,
  ]);
  if (body === undefined) throw new DomainError('BODY_NOT_FOUND', 404, 'no such body');
  const last = await tx.one<{ id: string; version: number; from: Date }>(
    'SELECT id, version, effective_from AS "from" FROM monitoring_standards WHERE body_id = $1 ORDER BY version DESC LIMIT 1 FOR UPDATE',
    [standard.bodyId],
  );
  if (last !== undefined && standard.effectiveFrom <= last.from)
    throw new DomainError('STANDARD_TOO_EARLY', 422, 'it would begin before the version that it follows', {
      from: last.from,
    });
  if (last !== undefined)
    await tx.query('UPDATE monitoring_standards SET effective_to = $2 WHERE id = $1', [
      last.id,
      standard.effectiveFrom,
    ]);
  const id = newId();
  const version = (last?.version ?? 0) + 1;
  await tx.query(
    `INSERT INTO monitoring_standards (id, body_id, jurisdiction, version, name, words, exclusions, minimum_words, alarm_items, alarm_hours, effective_from, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [id, standard.bodyId, body.jurisdiction, version, standard.name, standard.words, standard.exclusions, standard.minimumWords, standard.alarmItems, standard.alarmHours, standard.effectiveFrom, standard.createdBy],
  ); // prettier-ignore
  return { id, version, jurisdiction: body.jurisdiction };
}

/** Holds new items against the standards that are in force where they came in; a match stands with the item, a crossed threshold in the ledger. */
export async function watchItems(
  tx: Transaction,
  origin: ItemOrigin,
  items: { id: string; title: string; body: string }[],
  at: Date,
): Promise<void> {
  const standards = await tx.query<MonitoringStandard & { name: string; version: number }>(
    `SELECT ${COLUMNS}, s.name, s.version FROM monitoring_standards s
      WHERE (s.jurisdiction LIKE $2 OR $3 LIKE regexp_replace(s.jurisdiction, '(00)+$', '') || '%') AND s.effective_from <= $1 AND (s.effective_to IS NULL OR s.effective_to > $1)`,
    [at, jurisdictionPattern(origin.jurisdiction), origin.jurisdiction],
  );
  for (const standard of standards) {
    const matches = items.flatMap(({ id, title, body }): { id: string; found: FoundWord[] }[] => {
      const found = matchStandard(`${title}\n${body}`, standard);
      return found === null ? [] : [{ id, found }];
    });
    if (matches.length === 0) continue;
    await tx.query(
      `INSERT INTO item_watches (item_id, standard_id, body_id, found, at) SELECT w.id, $1, $2, w.found, $3 FROM unnest($4::uuid[], $5::jsonb[]) AS w(id, found) ON CONFLICT DO NOTHING`,
      [standard.id, standard.bodyId, at, matches.map((m) => m.id), matches.map((m) => JSON.stringify(m.found))],
    );
    if (standard.alarmItems === null) continue;
    const row = await tx.one<{ n: number }>(
      `SELECT count(*)::int AS n FROM item_watches WHERE standard_id = $1 AND body_id = $2 AND at > $3 - $4 * interval '1 hour'`,
      [standard.id, standard.bodyId, at, standard.alarmHours ?? 24],
    );
    const counts = { before: row!.n - matches.length, added: matches.length };
    if (crossesThreshold(counts, standard.alarmItems))
      await appendLedger(tx, [
        {
          type: INGEST_EVENTS.standardThreshold,
          at,
          actor: systemActor('ingest'),
          subjectId: standard.id,
          rule: `${standard.name} v${standard.version}`,
          payload: { bodyId: standard.bodyId, items: row!.n, withinHours: standard.alarmHours ?? 24 },
        },
      ]);
  }
}
