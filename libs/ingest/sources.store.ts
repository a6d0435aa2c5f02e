import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { SourceKind, SourceRank } from './contract.js';
import type { FeedHints } from './feeds/feed-document.js';

export interface Source {
  id: string;
  kind: SourceKind;
  name: string;
  url: string | null;
  jurisdiction: string;
  channel: string;
  region: string | null;
  rank: SourceRank;
  state: 'active' | 'paused' | 'gone';
  mode: 'routine' | 'emergency';
  intervalSeconds: number;
  nextPollAt: Date | null;
  etag: string | null;
  lastModified: string | null;
  lastPolledAt: Date | null;
  lastOkAt: Date | null;
  lastItemAt: Date | null;
  failureCount: number;
  unchangedCount: number;
  lastErrorCode: string | null;
  lastError: string | null;
  mapping: Record<string, unknown> | null;
  drill: boolean;
  hints: FeedHints;
  version: number;
}

export const SOURCE_COLUMNS = `s.id, s.kind, s.name, s.url, s.jurisdiction, s.channel, s.region, s.rank, s.state, s.mode, s.interval_seconds AS "intervalSeconds",
  s.next_poll_at AS "nextPollAt", s.etag, s.last_modified AS "lastModified", s.last_polled_at AS "lastPolledAt", s.last_ok_at AS "lastOkAt",
  s.last_item_at AS "lastItemAt", s.failure_count AS "failureCount", s.unchanged_count AS "unchangedCount", s.last_error_code AS "lastErrorCode",
  s.last_error AS "lastError", s.mapping, s.drill, s.hints, s.version`;

/** The state of a source after a poll. */
export interface PollResult {
  nextPollAt: Date | null;
  state: Source['state'];
  url?: string;
  etag: string | null;
  lastModified: string | null;
  ok: boolean;
  changed: boolean;
  newItems: boolean;
  errorCode: string | null;
  error: string | null;
  hints?: FeedHints;
}

/** Settles many sources that brought nothing new in one statement: most of a round is that. */
export async function saveUnchanged(
  tx: Transaction,
  polls: { id: string; nextPollAt: Date; etag: string | null; lastModified: string | null }[],
  at: Date,
): Promise<void> {
  if (polls.length === 0) return;
  await tx.query(
    `UPDATE sources s SET claimed_until = NULL, last_polled_at = $1, last_ok_at = $1, next_poll_at = p.next, etag = p.etag, last_modified = p.modified,
            failure_count = 0, unchanged_count = unchanged_count + 1, last_error_code = NULL, last_error = NULL, version = version + 1
       FROM unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[]) AS p(id, next, etag, modified) WHERE s.id = p.id`,
    [
      at,
      polls.map((poll) => poll.id),
      polls.map((poll) => poll.nextPollAt),
      polls.map((poll) => poll.etag),
      polls.map((poll) => poll.lastModified),
    ],
  );
}

export async function savePoll(tx: Transaction, id: string, at: Date, result: PollResult): Promise<void> {
  await tx.query(
    `UPDATE sources SET claimed_until = NULL, last_polled_at = $2, next_poll_at = $3, state = $4, etag = $5, last_modified = $6,
            url = CASE WHEN $7::text IS NULL OR EXISTS (SELECT 1 FROM sources other WHERE other.url = $7 AND other.id <> $1) THEN url ELSE $7 END,
            last_ok_at = CASE WHEN $8 THEN $2 ELSE last_ok_at END, failure_count = CASE WHEN $8 THEN 0 ELSE failure_count + 1 END,
            unchanged_count = CASE WHEN $9 THEN 0 ELSE unchanged_count + 1 END, last_item_at = CASE WHEN $10 THEN $2 ELSE last_item_at END,
            last_error_code = $11, last_error = $12, hints = coalesce($13::jsonb, hints), version = version + 1
      WHERE id = $1`,
    [
      id,
      at,
      result.nextPollAt,
      result.state,
      result.etag,
      result.lastModified,
      result.url ?? null,
      result.ok,
      result.changed,
      result.newItems,
      result.errorCode,
      result.error,
      result.hints === undefined ? null : JSON.stringify(result.hints),
    ],
  );
}

/** What a new source is made of. */
export interface NewSource {
  kind: SourceKind;
  name: string;
  url?: string;
  jurisdiction: string;
  channel: string;
  region?: string;
  rank?: SourceRank;
  intervalSeconds?: number;
  drill?: boolean;
  mode?: Source['mode'];
}

/** Adds a source, or returns the one that has its address already. */
export async function addSource(tx: Transaction, source: NewSource): Promise<{ id: string; created: boolean }> {
  const id = newId();
  const polled = source.url !== undefined;
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO sources (id, kind, name, url, jurisdiction, channel, region, rank, interval_seconds, next_poll_at, drill, mode)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $10 THEN huiying_now() END, $11, $12)
     ON CONFLICT (url) WHERE url IS NOT NULL DO NOTHING RETURNING id`,
    [
      id,
      source.kind,
      source.name,
      source.url ?? null,
      source.jurisdiction,
      source.channel,
      source.region ?? null,
      source.rank ?? 'individual',
      source.intervalSeconds ?? 900,
      polled,
      source.drill ?? false,
      source.mode ?? 'routine',
    ],
  );
  if (rows[0] !== undefined) return { id: rows[0].id, created: true };
  const known = await tx.one<{ id: string }>('SELECT id FROM sources WHERE url = $1', [source.url]);
  return { id: known!.id, created: false };
}

/** The source that has no address and receives by hand, hotline or import: one for each kind and name in a jurisdiction. */
export async function ensureSource(tx: Transaction, source: NewSource): Promise<string> {
  const known = await tx.one<{ id: string }>(
    'SELECT id FROM sources WHERE kind = $1 AND name = $2 AND jurisdiction = $3 AND url IS NOT DISTINCT FROM $4',
    [source.kind, source.name, source.jurisdiction, source.url ?? null],
  );
  return known?.id ?? (await addSource(tx, source)).id;
}

/** The source that receives a jurisdiction's hotline messages; the named one when an id is given. 404 when there is none in scope. */
export async function findReceivingSource(
  tx: Transaction,
  id: string | undefined,
  jurisdiction: string,
): Promise<Source> {
  const parameters: unknown[] = [];
  const visible = tx.visible('sources', parameters);
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const which =
    id === undefined
      ? `s.kind = 'hotline' AND s.jurisdiction = ${bind(jurisdiction)}`
      : `s.id = ${bind(id)} AND s.url IS NULL`;
  const source = await tx.one<Source>(
    `SELECT ${SOURCE_COLUMNS} FROM ${visible} s WHERE ${which} AND s.state = 'active' ORDER BY s.name LIMIT 1`,
    parameters,
  );
  if (source === undefined)
    throw new DomainError('SOURCE_NOT_FOUND', 404, 'no source here receives messages: add one of the kind hotline');
  return source;
}

/** A source inside the scope, or 404. */
export async function findSource(tx: Transaction, id: string): Promise<Source> {
  const parameters: unknown[] = [];
  const visible = tx.visible('sources', parameters);
  const source = await tx.one<Source>(
    `SELECT ${SOURCE_COLUMNS} FROM ${visible} s WHERE s.id = $${parameters.push(id)}`,
    parameters,
  );
  if (source === undefined) throw new DomainError('SOURCE_NOT_FOUND', 404, 'no such source');
  return source;
}

/** What a person may change of a source. */
export interface SourceChange {
  state?: 'active' | 'paused' | undefined;
  mode?: Source['mode'] | undefined;
  intervalSeconds?: number | undefined;
  name?: string | undefined;
  pollNow?: boolean;
}

/** Applies a change; a source that became active, urgent or due is asked at once. Returns the new version. */
export async function changeSource(tx: Transaction, id: string, change: SourceChange): Promise<number> {
  const rows = await tx.query<{ version: number }>(
    `UPDATE sources SET state = coalesce($2, state), mode = coalesce($3, mode), interval_seconds = coalesce($4, interval_seconds), name = coalesce($5, name),
            next_poll_at = CASE WHEN url IS NULL THEN NULL WHEN $6 OR $2 = 'active' OR $3 = 'emergency' THEN huiying_now() ELSE next_poll_at END, version = version + 1
      WHERE id = $1 RETURNING version`,
    [
      id,
      change.state ?? null,
      change.mode ?? null,
      change.intervalSeconds ?? null,
      change.name ?? null,
      change.pollNow ?? false,
    ],
  );
  return rows[0]!.version;
}

/** A source by id, for the pipeline. */
export async function findSourceForWork(tx: Transaction, id: string): Promise<Source> {
  const source = await tx.one<Source>(`SELECT ${SOURCE_COLUMNS} FROM sources s WHERE s.id = $1`, [id]);
  if (source === undefined) throw new DomainError('SOURCE_NOT_FOUND', 404, 'no such source');
  return source;
}

/** Gives the source of that name and kind a new address and asks it at once, or adds it. */
export async function placeSource(
  tx: Transaction,
  source: NewSource & { url: string },
): Promise<{ id: string; created: boolean }> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE sources SET url = $4, state = 'active', next_poll_at = huiying_now(), etag = NULL, last_modified = NULL, failure_count = 0, version = version + 1
      WHERE id = (SELECT id FROM sources WHERE kind = $1 AND name = $2 AND jurisdiction = $3 AND drill = $5 ORDER BY created_at LIMIT 1) RETURNING id`,
    [source.kind, source.name, source.jurisdiction, source.url, source.drill ?? false],
  );
  return rows[0] === undefined ? addSource(tx, source) : { id: rows[0].id, created: false };
}
