import { groupBy } from '#kernel/group-by.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { ItemDraft } from './contract.js';
import { insertItems, type ItemOrigin, type ItemRow, joinFactsOf } from './items.store.js';
import { findJoins, type Provenance, saveProvenances } from './provenances.store.js';
import {
  type EntryFacts,
  type EntryKeys,
  type EntryVerdict,
  entryKeys,
  judgeEntries,
  type KnownItem,
} from './rules/identity.js';

/** An entry of a feed with what identity needs to know of it. */
export interface FeedItem {
  facts: EntryFacts;
  draft: Omit<ItemDraft, 'identityKey'>;
}

export interface FeedIntake {
  stored: number;
  revised: number;
  duplicates: number;
}

const partsOf = (keys: EntryKeys): { part: string; key: string }[] =>
  (
    [
      ['id', keys.idKey],
      ['link', keys.linkKey],
      ['title', keys.titleKey],
      ['text', keys.textKey],
    ] as const
  ).flatMap(([part, key]) => (key === null ? [] : [{ part, key }]));

/** Stores the entries of one poll: new ones as items, edited ones as revisions, known ones not again. The source's row is locked by the caller. */
export async function storeFeedItems(
  tx: Transaction,
  origin: ItemOrigin,
  items: FeedItem[],
  receivedAt: Date,
): Promise<FeedIntake> {
  const facts = items.map((item) => item.facts);
  const known = await knownItems(tx, origin.sourceId, facts);
  const verdicts = judgeEntries(facts, known.items);
  const fresh = verdicts.filter((verdict) => verdict.kind === 'new').map((verdict) => verdict.index);
  const found = await findJoins(
    tx,
    origin,
    fresh.map((index) => joinFactsOf(items[index]!.draft)),
  );
  const joins = new Map([...found].map(([place, join]) => [fresh[place]!, join]));
  const rows: ItemRow[] = [];
  const keys: { key: string; part: string; itemId: string }[] = [];
  const ways: Provenance[] = [];
  for (const verdict of verdicts) {
    const join = joins.get(verdict.index);
    const root = verdict.itemId ?? join?.itemId ?? newId();
    if (verdict.kind === 'repeat') continue;
    for (const { part, key } of partsOf(verdict.keys)) keys.push({ key, part, itemId: root });
    const { draft } = items[verdict.index]!;
    if (join !== undefined)
      ways.push({
        itemId: root,
        identityKey: root,
        url: draft.url ?? null,
        ground: join.ground,
        revisionKey: verdict.keys.revisionKey,
      });
    if (verdict.kind === 'unchanged' || join !== undefined) continue;
    const newest = known.newest.get(root);
    rows.push({
      id: verdict.kind === 'new' ? root : newId(),
      draft: { ...draft, identityKey: root },
      revision: (newest?.revision ?? 0) + 1,
      revises: newest?.id ?? null,
      revisionKey: verdict.keys.revisionKey,
    });
  }
  if (rows.length > 0) await insertItems(tx, origin, rows, receivedAt);
  await saveProvenances(tx, origin, ways, receivedAt);
  await rememberKeys(tx, origin.sourceId, keys);
  return countOf(verdicts, joins.size);
}

function countOf(verdicts: readonly EntryVerdict[], joined: number): FeedIntake {
  const count = (kinds: EntryVerdict['kind'][]) => verdicts.filter((verdict) => kinds.includes(verdict.kind)).length;
  return {
    stored: count(['new']) - joined,
    revised: count(['revision']),
    duplicates: count(['unchanged', 'repeat']) + joined,
  };
}

interface KnownRow {
  item_id: string;
  part: string;
  key: string;
}
interface NewestRow {
  root: string;
  id: string;
  revision: number;
  revision_key: string | null;
  published_at: Date | null;
}

async function knownItems(
  tx: Transaction,
  sourceId: string,
  facts: EntryFacts[],
): Promise<{ items: KnownItem[]; newest: Map<string, NewestRow> }> {
  const asked = [...new Set(facts.flatMap((entry) => partsOf(entryKeys(entry)).map(({ key }) => key)))];
  const rows = await tx.query<KnownRow>(
    `SELECT k.item_id, k.part, k.key FROM item_keys k
      WHERE k.item_id IN (SELECT item_id FROM item_keys WHERE source_id = $1 AND key = ANY($2::text[]))`,
    [sourceId, asked],
  );
  const byItem = groupBy(rows, (row) => row.item_id);
  // An item that joined another source's has its first revision there and later ones here.
  const newestRows = await tx.query<NewestRow>(
    `SELECT DISTINCT ON (root) * FROM (
       SELECT identity_key AS root, id, revision, revision_key, published_at FROM items WHERE source_id = $1 AND identity_key = ANY($2::text[])
       UNION ALL
       SELECT p.identity_key, i.id, i.revision, p.revision_key, i.published_at FROM item_provenances p JOIN items i ON i.id = p.item_id
        WHERE p.joined AND p.source_id = $1 AND p.identity_key = ANY($2::text[])) AS r
      ORDER BY root, revision DESC`,
    [sourceId, [...byItem.keys()]],
  );
  const newest = new Map(newestRows.map((row) => [row.root, row]));
  const items = [...byItem].map(([itemId, keys]): KnownItem => {
    const of = (part: string) => keys.filter((row) => row.part === part).map((row) => row.key);
    const last = newest.get(itemId);
    return {
      itemId,
      idKeys: of('id'),
      linkKeys: of('link'),
      titleKeys: of('title'),
      textKeys: of('text'),
      revisionKey: last?.revision_key ?? '',
      published: last?.published_at ?? null,
    };
  });
  return { items, newest };
}

async function rememberKeys(
  tx: Transaction,
  sourceId: string,
  keys: { key: string; part: string; itemId: string }[],
): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    `INSERT INTO item_keys (source_id, key, part, item_id) SELECT $1, k.key, k.part, k.item_id FROM unnest($2::text[], $3::text[], $4::uuid[]) AS k(key, part, item_id) ON CONFLICT DO NOTHING`,
    [sourceId, keys.map((k) => k.key), keys.map((k) => k.part), keys.map((k) => k.itemId)],
  );
}
