import { newId } from '#kernel/ids.js';
import { normaliseText } from '#kernel/text/normalise.js';
import type { Transaction } from '#platform/database/database.js';
import type { ItemDraft } from './contract.js';
import type { PersonalData, SealedPiece } from './personal-data.js';
import { findJoins, type Joined, saveProvenances } from './provenances.store.js';
import { type JoinFacts, type JoinKeys, joinKeys } from './rules/join.js';
import type { Source } from './sources.store.js';
import { watchItems } from './standards.store.js';

/** What an item inherits from the source that brought it. */
export interface ItemOrigin {
  sourceId: string;
  sourceName: string;
  channel: string;
  region: string | null;
  jurisdiction: string;
  drill: boolean;
  rawDocumentId?: string;
  fetchedAt: Date;
  /** Keeps the clear form of what was masked; without it only the masked form is kept. */
  personal?: PersonalData;
}

/** What the items of a source inherit. */
export const originOf = (source: Source, fetchedAt: Date): ItemOrigin => ({
  sourceId: source.id,
  sourceName: source.name,
  channel: source.channel,
  region: source.region,
  jurisdiction: source.jurisdiction,
  drill: source.drill,
  fetchedAt,
});

/** The outcome for each draft, in the order of the drafts; `joined` is a duplicate that came by another way first. */
export interface StoredItem {
  id: string;
  outcome: 'stored' | 'revised' | 'duplicate';
  joined?: Joined['ground'];
}

export const joinFactsOf = (draft: Omit<ItemDraft, 'identityKey'>): JoinFacts => ({
  title: draft.title,
  body: draft.body,
  url: draft.url ?? null,
  orderNumber: draft.workOrderNumber ?? null,
  publishedAt: draft.publishedAt ?? null,
});

interface Known {
  id: string;
  revision: number;
  hashes: Set<string>;
}

/** An item to be written. */
export interface ItemRow {
  id: string;
  draft: ItemDraft;
  revision: number;
  revises: string | null;
  revisionKey?: string;
  prepared?: Prepared;
}

/** What is computed of a draft before anybody is made to wait: its spelling for the search, its keys, its sealed personal data. */
interface Prepared {
  id: string;
  searchable: string;
  keys: JoinKeys;
  sealed: SealedPiece[];
}

const prepare = (origin: ItemOrigin, draft: ItemDraft, id: string): Prepared => ({
  id,
  searchable: searchable(draft),
  keys: joinKeys(joinFactsOf(draft)),
  sealed: origin.personal?.seal(id, draft.personal ?? []) ?? [],
});

/**
 * Stores drafts once: the same identity and content is a duplicate, the same identity with other content a revision, and what is
 * here by another source of the place becomes one more provenance of that item.
 */
export async function storeItems(
  tx: Transaction,
  origin: ItemOrigin,
  drafts: ItemDraft[],
  receivedAt: Date,
): Promise<StoredItem[]> {
  const latest = await latestByIdentity(tx, origin.sourceId, drafts);
  const unknown = drafts.filter((draft) => !latest.has(draft.identityKey));
  // From the search for joins on, other senders of the place wait: whatever can be computed before it, is.
  const ready = unknown.map((draft) => prepare(origin, draft, newId()));
  const prepared = new Map(unknown.map((draft, index) => [draft, ready[index]!]));
  const keys = ready.map((of) => of.keys);
  const joins = await findJoins(tx, origin, unknown.map(joinFactsOf), keys);
  const joinOf = new Map(unknown.map((draft, index) => [draft, joins.get(index)]));
  const results: StoredItem[] = [];
  const rows: ItemRow[] = [];
  const joined = new Map<string, Joined & { revisionKey: string }>();
  for (const draft of drafts) {
    const known = latest.get(draft.identityKey);
    const join = joined.get(draft.identityKey) ?? (known === undefined ? joinOf.get(draft) : undefined);
    if (join !== undefined) {
      joined.set(draft.identityKey, { ...join, revisionKey: draft.contentSha256 });
      results.push({ id: join.itemId, outcome: 'duplicate', joined: join.ground });
      continue;
    }
    if (known !== undefined && known.hashes.has(draft.contentSha256)) {
      results.push({ id: known.id, outcome: 'duplicate' });
      continue;
    }
    const own = prepared.get(draft) ?? prepare(origin, draft, newId());
    const { id } = own;
    const revision = (known?.revision ?? 0) + 1;
    rows.push({ id, draft, revision, revises: known?.id ?? null, prepared: own });
    results.push({ id, outcome: known === undefined ? 'stored' : 'revised' });
    latest.set(draft.identityKey, { id, revision, hashes: new Set([...(known?.hashes ?? []), draft.contentSha256]) });
  }
  const ways = [...joined].map(([identityKey, way]) => ({ ...way, identityKey, url: null }));
  await saveProvenances(tx, origin, ways, receivedAt);
  if (rows.length === 0) return results;
  const inserted = new Set(await insertItems(tx, origin, rows, receivedAt));
  // Another process may have stored the same identity between our read and our write: then it is a duplicate after all.
  return results.map((result) =>
    result.outcome === 'duplicate' || inserted.has(result.id) ? result : { ...result, outcome: 'duplicate' as const },
  );
}

async function latestByIdentity(tx: Transaction, sourceId: string, drafts: ItemDraft[]): Promise<Map<string, Known>> {
  const rows = await tx.query<{ identity_key: string; id: string; content_sha256: string; revision: number }>(
    `SELECT identity_key, id, content_sha256, revision FROM items WHERE source_id = $1 AND identity_key = ANY($2::text[])
     UNION ALL
     SELECT p.identity_key, i.id, p.revision_key, i.revision FROM item_provenances p JOIN items i ON i.id = p.item_id
      WHERE p.joined AND p.source_id = $1 AND p.identity_key = ANY($2::text[]) ORDER BY revision`,
    [sourceId, drafts.map((draft) => draft.identityKey)],
  );
  const latest = new Map<string, Known>();
  for (const row of rows)
    latest.set(row.identity_key, {
      id: row.id,
      revision: row.revision,
      hashes: new Set([...(latest.get(row.identity_key)?.hashes ?? []), row.content_sha256]),
    });
  return latest;
}

/** How search and lists of words read a text; the item itself keeps what was written. */
const searchable = (draft: ItemDraft): string =>
  (draft.kind === 'article' || draft.kind === 'post'
    ? normaliseText(`${draft.title}\n${draft.body}`).text
    : `${draft.title}\n${draft.body}`.normalize('NFKC')
  ).toLowerCase();

/** Inserts rows as they are and returns the ids that were new; an identity and content that are there already are left alone. */
export async function insertItems(
  tx: Transaction,
  origin: ItemOrigin,
  rows: ItemRow[],
  receivedAt: Date,
): Promise<string[]> {
  const column = <T>(pick: (draft: ItemDraft) => T) => rows.map((row) => pick(row.draft));
  const ready = rows.map((row) => row.prepared ?? prepare(origin, row.draft, row.id));
  const keys = rows.map((row, index) => (row.revision === 1 ? ready[index]!.keys : { textKey: null, linkKey: null }));
  const inserted = await tx.query<{ id: string }>(
    `INSERT INTO items (id, revision, revises, identity_key, kind, title, body, normalised, url, author_hash, content_sha256, raw, occurred_at, published_at, zone_missing, area,
                        work_order_number, request_type, revision_key, text_key, link_key,
                        source_id, source_name, channel, region, jurisdiction, drill, raw_document_id, fetched_at, received_at)
     SELECT r.*, $22::uuid, $23::text, $24::text, $25::text, $26::text, $27::boolean, $28::uuid, $29::timestamptz, $30::timestamptz
       FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                   $12::jsonb[], $13::timestamptz[], $14::timestamptz[], $15::boolean[], $16::text[], $17::text[], $18::text[], $19::text[], $20::bigint[], $21::bigint[]) AS r
     ON CONFLICT (source_id, identity_key, content_sha256) DO NOTHING RETURNING id`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.revision),
      rows.map((row) => row.revises),
      column((d) => d.identityKey),
      column((d) => d.kind),
      column((d) => d.title),
      column((d) => d.body),
      ready.map((of) => of.searchable),
      column((d) => d.url ?? null),
      column((d) => d.authorHash ?? null),
      column((d) => d.contentSha256),
      column((d) => JSON.stringify(d.raw ?? {})),
      column((d) => d.occurredAt ?? null),
      column((d) => d.publishedAt ?? null),
      column((d) => d.zoneMissing ?? false),
      column((d) => d.area ?? null),
      column((d) => d.workOrderNumber ?? null),
      column((d) => d.requestType ?? null),
      rows.map((row) => row.revisionKey ?? null),
      keys.map((key) => key.textKey),
      keys.map((key) => key.linkKey),
      origin.sourceId,
      origin.sourceName,
      origin.channel,
      origin.region,
      origin.jurisdiction,
      origin.drill,
      origin.rawDocumentId ?? null,
      origin.fetchedAt,
      receivedAt,
    ],
  );
  const ids = new Set(inserted.map((row) => row.id));
  const fresh = rows.filter((row) => ids.has(row.id));
  await saveProvenances(
    tx,
    origin,
    fresh.map(({ id, draft }) => ({
      itemId: id,
      identityKey: draft.identityKey,
      url: draft.url ?? null,
      ground: null,
    })),
    receivedAt,
  );
  await origin.personal?.save(
    tx,
    ready.filter(({ id }) => ids.has(id)).flatMap(({ sealed }) => sealed),
    receivedAt,
  );
  await watchItems(
    tx,
    origin,
    fresh.map(({ id, draft }) => ({ id, title: draft.title, body: draft.body })),
    receivedAt,
  );
  return [...ids];
}
