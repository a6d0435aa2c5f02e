import type { Transaction } from '#platform/database/database.js';

export const DOINGS = ['viewing', 'drafting'] as const;
export type Doing = (typeof DOINGS)[number];

/** One open page: who, at which incident, doing what. */
export interface Presence {
  socketId: string;
  incidentId: string;
  userId: string;
  userName: string;
  doing: Doing;
  since: Date;
}

/** A process that ended without a word says nothing of its pages any more; what it last said holds so long. */
const HOLDS_SECONDS = 30;
const MAX_SHOWN = 20;

const FRESH = `p.seen_at > huiying_now() - interval '${HOLDS_SECONDS} seconds'`;

/** Says that pages are open, anew or still. */
export async function savePresences(tx: Transaction, presences: readonly Presence[]): Promise<void> {
  if (presences.length === 0) return;
  await tx.query(
    `INSERT INTO presences (socket_id, incident_id, user_id, user_name, doing, since, seen_at)
     SELECT s, i, u, n, d, t, huiying_now() FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[]) AS rows(s, i, u, n, d, t)
     ON CONFLICT (socket_id) DO UPDATE SET incident_id = EXCLUDED.incident_id, doing = EXCLUDED.doing, since = EXCLUDED.since, seen_at = EXCLUDED.seen_at`,
    [
      presences.map((one) => one.socketId),
      presences.map((one) => one.incidentId),
      presences.map((one) => one.userId),
      presences.map((one) => one.userName),
      presences.map((one) => one.doing),
      presences.map((one) => one.since),
    ],
  );
}

export async function deletePresences(tx: Transaction, socketIds: readonly string[]): Promise<void> {
  if (socketIds.length > 0) await tx.query('DELETE FROM presences WHERE socket_id = ANY($1::text[])', [socketIds]);
}

/** Forgets the pages of processes that ended without a word. */
export async function deleteStalePresences(tx: Transaction): Promise<void> {
  await tx.query(`DELETE FROM presences p WHERE NOT (${FRESH})`);
}

/** True when the transaction may see the incident. */
export async function mayBeAt(tx: Transaction, incidentId: string): Promise<boolean> {
  const parameters: unknown[] = [];
  const visible = tx.visible('incidents', parameters);
  const sql = `SELECT 1 AS found FROM ${visible} i WHERE i.id = $${parameters.length + 1}`;
  return (await tx.one(sql, [...parameters, incidentId])) !== undefined;
}

/** Who is at some incidents, as one text each that changes when anybody comes, goes or does something else; and who may hear of it. */
export interface Gathering {
  incidentId: string;
  jurisdiction: string;
  bodyIds: string[];
  who: string;
}

export const gatheringsAt = (tx: Transaction, incidentIds: readonly string[]): Promise<Gathering[]> =>
  tx.query<Gathering>(
    `SELECT i.id AS "incidentId", i.jurisdiction, i.body_ids AS "bodyIds",
            coalesce((SELECT string_agg(DISTINCT p.user_id || p.doing, ' ') FROM presences p WHERE p.incident_id = i.id AND ${FRESH}), '') AS who
       FROM incidents i WHERE i.id = ANY($1::uuid[])`,
    [incidentIds],
  );

export interface Colleague {
  userId: string;
  name: string;
  doing: Doing;
  since: Date;
}

/** The others who have an incident open now, each once: who drafts on one page and looks on another drafts. */
export async function colleaguesAt(
  tx: Transaction,
  { incidentId, exceptFor }: { incidentId: string; exceptFor: string },
): Promise<Colleague[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('presences', parameters);
  const [incident, self] = [parameters.length + 1, parameters.length + 2];
  return tx.query<Colleague>(
    `SELECT "userId", name, doing, since FROM (
       SELECT DISTINCT ON (p.user_id) p.user_id AS "userId", p.user_name AS name, p.doing, p.since
         FROM ${visible} p WHERE p.incident_id = $${incident} AND p.user_id <> $${self} AND ${FRESH}
        ORDER BY p.user_id, p.doing, p.since) AS each_once
      ORDER BY doing, since LIMIT ${MAX_SHOWN}`,
    [...parameters, incidentId, exceptFor],
  );
}
