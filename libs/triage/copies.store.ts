import type { Transaction } from '#platform/database/database.js';

interface Banded {
  item: { id: string };
  duplicateOf: string | null;
  print: { bands: Int32Array } | null;
}

/** Files originals under their bands, in the order of the index: copies are not filed, so that nothing is the copy of a copy. */
export async function saveBands(tx: Transaction, rows: readonly Banded[]): Promise<void> {
  const filed = rows
    .filter((row) => row.duplicateOf === null)
    .flatMap((row) => Array.from(row.print?.bands ?? [], (hash, band) => ({ hash, band, id: row.item.id })))
    .sort((a, b) => a.hash - b.hash);
  if (filed.length === 0) return;
  await tx.query(
    `INSERT INTO item_bands (band, hash, item_id) SELECT * FROM unnest($1::smallint[], $2::int[], $3::uuid[])`,
    [filed.map((row) => row.band), filed.map((row) => row.hash), filed.map((row) => row.id)],
  );
}

/** A band that many texts share (a form, a saying) tells nothing apart; so few of them are looked at. */
const MAX_BAND_MATES = 40;
/** Of one batch. */
const MAX_MATES = 20_000;

/** Stored items that share a band with any of the given texts, with their signatures. */
export async function bandMates(
  tx: Transaction,
  bands: { hash: number; band: number }[],
): Promise<{ itemId: string; signature: number[] }[]> {
  if (bands.length === 0) return [];
  // In the order of the index, so that neighbours in it are read one after the other.
  const sorted = [...bands].sort((a, b) => a.hash - b.hash);
  return tx.query(
    `SELECT a.item_id AS "itemId", a.signature FROM item_analyses a
      WHERE a.item_id = ANY(ARRAY(SELECT DISTINCT m.item_id FROM unnest($1::smallint[], $2::int[]) AS q(band, hash),
              LATERAL (SELECT b.item_id FROM item_bands b WHERE b.hash = q.hash AND b.band = q.band LIMIT ${MAX_BAND_MATES}) m LIMIT ${MAX_MATES}))`,
    [sorted.map((b) => b.band), sorted.map((b) => b.hash)],
  );
}

export async function textsOf(
  tx: Transaction,
  itemIds: string[],
): Promise<{ id: string; title: string; body: string }[]> {
  return itemIds.length === 0
    ? []
    : tx.query('SELECT id, title, body FROM items WHERE id = ANY($1::uuid[])', [itemIds]);
}
