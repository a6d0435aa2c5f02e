import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';

/** A registered place where a body publishes (R49): evidence must stand on one of these. */
export interface Channel {
  id: string;
  bodyId: string | null;
  kind: string;
  name: string;
  urlPrefix: string | null;
  official: boolean;
}

const COLUMNS = `id, body_id AS "bodyId", kind, name, url_prefix AS "urlPrefix", official`;

export async function listChannels(tx: Transaction): Promise<Channel[]> {
  return tx.query<Channel>(
    `SELECT ${COLUMNS} FROM channels WHERE valid_to IS NULL OR valid_to > huiying_now() ORDER BY kind, name`,
  );
}

export async function findChannel(tx: Transaction, id: string): Promise<Channel | undefined> {
  return tx.one<Channel>(
    `SELECT ${COLUMNS} FROM channels WHERE id = $1 AND (valid_to IS NULL OR valid_to > huiying_now())`,
    [id],
  );
}

/** The registered channel that an address belongs to: the longest prefix of an official, valid channel; undefined when there is none. */
export async function channelOf(tx: Transaction, url: string): Promise<Channel | undefined> {
  return tx.one<Channel>(
    `SELECT ${COLUMNS} FROM channels
      WHERE official AND url_prefix IS NOT NULL AND starts_with($1, url_prefix) AND (valid_to IS NULL OR valid_to > huiying_now())
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
