import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';

/** A registered place where a body publishes (R49): evidence must stand on one of these. */
export interface Channel {
  id: string;
  bodyId: string | null;
  kind: string;
  name: string;
  urlPrefix: string | null;
  /** Confirmed by a second named person; only then it proves anything. */
  official: boolean;
  firstPlatform: boolean;
  jurisdiction: string | null;
  registeredBy: string | null;
  registeredByName: string | null;
  confirmedByName: string | null;
  confirmedAt: Date | null;
}

const COLUMNS = `id, body_id AS "bodyId", kind, name, url_prefix AS "urlPrefix", official, first_platform AS "firstPlatform", jurisdiction, registered_by AS "registeredBy",
  registered_by_name AS "registeredByName", confirmed_by_name AS "confirmedByName", confirmed_at AS "confirmedAt"`;
const VALID = '(valid_to IS NULL OR valid_to > huiying_now()) AND ended_at IS NULL';

export async function listChannels(tx: Transaction): Promise<Channel[]> {
  return tx.query<Channel>(`SELECT ${COLUMNS} FROM channels WHERE ${VALID} ORDER BY first_platform DESC, kind, name`);
}

export async function findChannel(tx: Transaction, id: string): Promise<Channel | undefined> {
  return tx.one<Channel>(`SELECT ${COLUMNS} FROM channels WHERE id = $1 AND ${VALID}`, [id]);
}

/** The registered channel that an address belongs to: the longest prefix of an official, valid channel; undefined when there is none. */
export async function channelOf(tx: Transaction, url: string): Promise<Channel | undefined> {
  return tx.one<Channel>(
    `SELECT ${COLUMNS} FROM channels
      WHERE official AND url_prefix IS NOT NULL AND starts_with($1, url_prefix) AND ${VALID}
      ORDER BY length(url_prefix) DESC LIMIT 1`,
    [url],
  );
}

/** Registers a channel under its prefix, or moves the one of that name to a new prefix. */
export async function ensureChannel(
  tx: Transaction,
  channel: Pick<Channel, 'kind' | 'name' | 'bodyId'> & { urlPrefix: string },
): Promise<string> {
  const known = await tx.one<{ id: string }>('UPDATE channels SET url_prefix = $2 WHERE name = $1 RETURNING id', [
    channel.name,
    channel.urlPrefix,
  ]);
  if (known !== undefined) return known.id;
  const id = newId();
  await tx.query('INSERT INTO channels (id, body_id, kind, name, url_prefix) VALUES ($1, $2, $3, $4, $5)', [
    id,
    channel.bodyId,
    channel.kind,
    channel.name,
    channel.urlPrefix,
  ]);
  return id;
}

export async function insertChannel(
  tx: Transaction,
  channel: Pick<Channel, 'kind' | 'name' | 'bodyId' | 'urlPrefix' | 'firstPlatform' | 'jurisdiction'> & {
    by: { id: string; name: string };
  },
): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO channels (id, body_id, kind, name, url_prefix, official, first_platform, jurisdiction, registered_by, registered_by_name, registered_at)
     VALUES ($1, $2, $3, $4, $5, false, $6, $7, $8, $9, huiying_now())`,
    [
      id,
      channel.bodyId,
      channel.kind,
      channel.name,
      channel.urlPrefix,
      channel.firstPlatform,
      channel.jurisdiction,
      channel.by.id,
      channel.by.name,
    ],
  );
  return id;
}

/** Locks a channel that is in force. */
export async function lockChannel(tx: Transaction, id: string): Promise<Channel | undefined> {
  return tx.one<Channel>(`SELECT ${COLUMNS} FROM channels WHERE id = $1 AND ${VALID} FOR UPDATE`, [id]);
}

export async function confirmChannel(tx: Transaction, id: string, by: { id: string; name: string }): Promise<void> {
  await tx.query(
    'UPDATE channels SET official = true, confirmed_by = $2, confirmed_by_name = $3, confirmed_at = huiying_now() WHERE id = $1',
    [id, by.id, by.name],
  );
}

/** What was proven on it stays proven; nothing more can be. */
export async function endChannel(
  tx: Transaction,
  id: string,
  end: { by: { name: string }; reason: string },
): Promise<void> {
  await tx.query('UPDATE channels SET ended_at = huiying_now(), ended_by_name = $2, ended_reason = $3 WHERE id = $1', [
    id,
    end.by.name,
    end.reason,
  ]);
}

/** The place of a body, or undefined for one that is unknown. */
export async function placeOfBody(tx: Transaction, bodyId: string): Promise<string | undefined> {
  return (await tx.one<{ jurisdiction: string }>('SELECT jurisdiction FROM bodies WHERE id = $1', [bodyId]))
    ?.jurisdiction;
}
