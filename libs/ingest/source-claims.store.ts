import type { Transaction } from '#platform/database/database.js';
import { type Source, SOURCE_COLUMNS } from './sources.store.js';

/** How long one process may hold a source before another may take it: a turn at a host, the total time limit of a fetch, and some air. */
const CLAIM_SECONDS = 90;
/** Sources of one host that are asked in one turn. */
const TURN = 32;
/** Two processes that claim at the same instant would both find the host free. */
const CLAIMING_LOCK = 722_119_307;

/** The host that answers for an address; all routes of the self-hosted RSSHub are asked of one. */
const HOST = `CASE WHEN url LIKE 'rsshub:%' THEN 'rsshub' ELSE lower(split_part(url, '/', 3)) END`;

/**
 * Takes sources that are due, of at most `hosts` hosts, those that wait longest first, and no source of a host that somebody
 * asks already: a host gets one connection, whichever process asks. Others skip them until the claim ends. Answers by host.
 */
export async function claimDueSources(tx: Transaction, hosts: number): Promise<Source[][]> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [CLAIMING_LOCK]);
  const claimed = await tx.query<Source & { host: string }>(
    `WITH open AS (SELECT id, next_poll_at, ${HOST} AS host, coalesce(claimed_until > huiying_now(), false) AS held FROM sources WHERE state = 'active' AND next_poll_at IS NOT NULL),
          due AS (SELECT *, min(next_poll_at) OVER (PARTITION BY host) AS first, row_number() OVER (PARTITION BY host ORDER BY next_poll_at, id) AS place
                    FROM open o WHERE next_poll_at <= huiying_now() AND NOT EXISTS (SELECT 1 FROM open h WHERE h.host = o.host AND h.held)),
          turn AS (SELECT id, host, place, dense_rank() OVER (ORDER BY first, host) AS rank FROM due)
     UPDATE sources s SET claimed_until = huiying_now() + $2 * interval '1 second'
       FROM turn t WHERE s.id = t.id AND t.rank <= $1 AND t.place <= ${TURN} RETURNING ${SOURCE_COLUMNS}, t.host`,
    [hosts, CLAIM_SECONDS],
  );
  const turns = new Map<string, Source[]>();
  for (const { host, ...source } of claimed) turns.set(host, [...(turns.get(host) ?? []), source]);
  return [...turns.values()];
}

/** Gives sources back that were claimed and not asked; they are still due. */
export async function releaseSources(tx: Transaction, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query('UPDATE sources SET claimed_until = NULL WHERE id = ANY($1::uuid[])', [ids]);
}
