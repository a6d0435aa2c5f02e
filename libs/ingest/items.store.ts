import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { ItemDraft } from './contract.js';
import type { Source } from './sources.store.js';

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

/** The outcome for each draft, in the order of the drafts. */
export interface StoredItem {
  id: string;
  outcome: 'stored' | 'revised' | 'duplicate';
}

interface KnownIdentity {
  identity_key: string;
  id: string;
  content_sha256: string;
  revision: number;
}

/** Stores drafts once: the same identity and content is a duplicate, the same identity with other content a revision. */
export async function storeItems(
  tx: Transaction,
  origin: ItemOrigin,
  drafts: ItemDraft[],
  receivedAt: Date,
): Promise<StoredItem[]> {
  const latest = await latestByIdentity(tx, origin.sourceId, drafts);
  const results: StoredItem[] = [];
  const rows: { id: string; draft: ItemDraft; revision: number; revises: string | null }[] = [];
  for (const draft of drafts) {
    const known = latest.get(draft.identityKey);
    if (known !== undefined && known.hashes.has(draft.contentSha256)) {
      results.push({ id: known.id, outcome: 'duplicate' });
      continue;
    }
    const id = newId();
    const revision = (known?.revision ?? 0) + 1;
    rows.push({ id, draft, revision, revises: known?.id ?? null });
    results.push({ id, outcome: known === undefined ? 'stored' : 'revised' });
    latest.set(draft.identityKey, { id, revision, hashes: new Set([...(known?.hashes ?? []), draft.contentSha256]) });
  }
  if (rows.length === 0) return results;
  const inserted = new Set(await insertItems(tx, origin, rows, receivedAt));
  // Another process may have stored the same identity between our read and our write: then it is a duplicate after all.
  return results.map((result) =>
    result.outcome === 'duplicate' || inserted.has(result.id) ? result : { ...result, outcome: 'duplicate' as const },
  );
}

type Known = { id: string; revision: number; hashes: Set<string> };

async function latestByIdentity(tx: Transaction, sourceId: string, drafts: ItemDraft[]): Promise<Map<string, Known>> {
  const rows = await tx.query<KnownIdentity>(
    `SELECT identity_key, id, content_sha256, revision FROM items WHERE source_id = $1 AND identity_key = ANY($2::text[]) ORDER BY revision`,
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

/** Inserts rows as they are and returns the ids that were new; an identity and content that are there already are left alone. */
export async function insertItems(
  tx: Transaction,
  origin: ItemOrigin,
  rows: { id: string; draft: ItemDraft; revision: number; revises: string | null; revisionKey?: string }[],
  receivedAt: Date,
): Promise<string[]> {
  const column = <T>(pick: (draft: ItemDraft) => T) => rows.map((row) => pick(row.draft));
  const inserted = await tx.query<{ id: string }>(
    `INSERT INTO items (id, revision, revises, identity_key, kind, title, body, normalised, url, author_hash, content_sha256, raw, occurred_at, published_at, zone_missing, area,
                        work_order_number, request_type, revision_key,
                        source_id, source_name, channel, region, jurisdiction, drill, raw_document_id, fetched_at, received_at)
     SELECT r.*, $20::uuid, $21::text, $22::text, $23::text, $24::text, $25::boolean, $26::uuid, $27::timestamptz, $28::timestamptz
       FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                   $12::jsonb[], $13::timestamptz[], $14::timestamptz[], $15::boolean[], $16::text[], $17::text[], $18::text[], $19::text[]) AS r
     ON CONFLICT (source_id, identity_key, content_sha256) DO NOTHING RETURNING id`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.revision),
      rows.map((row) => row.revises),
      column((d) => d.identityKey),
      column((d) => d.kind),
      column((d) => d.title),
      column((d) => d.body),
      column((d) => `${d.title}\n${d.body}`.normalize('NFKC').toLowerCase()),
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
  await tx.query(
    `INSERT INTO item_provenances (item_id, source_id, identity_key, how, seen_at)
     SELECT id, $2, identity_key, $3, $4 FROM items WHERE id = ANY($1::uuid[]) ON CONFLICT DO NOTHING`,
    [inserted.map((row) => row.id), origin.sourceId, origin.channel, receivedAt],
  );
  return inserted.map((row) => row.id);
}
