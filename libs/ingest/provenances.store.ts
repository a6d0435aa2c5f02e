import { groupBy } from '#kernel/group-by.js';
import type { Transaction } from '#platform/database/database.js';
import { jurisdictionPattern } from '#platform/database/scope.js';
import type { ItemOrigin } from './items.store.js';
import { type JoinFacts, joinGround, type JoinGround, type JoinKeys, joinKeys } from './rules/join.js';

/** An item that came by another way already. */
export interface Joined {
  itemId: string;
  ground: JoinGround;
}

interface KnownRow extends JoinFacts {
  id: string;
  textKey: string | null;
  linkKey: string | null;
}

/** Judgement: what is older is history, and the same words in it are another occasion. */
const LOOK_BACK = `interval '30 days'`;
const KNOWN = `SELECT i.id, i.title, i.body, i.url, i.work_order_number AS "orderNumber", i.published_at AS "publishedAt", i.text_key::text AS "textKey", i.link_key::text AS "linkKey"
  FROM items i JOIN sources s ON s.id = i.source_id
  WHERE i.source_id <> $1 AND s.jurisdiction = $2 AND i.jurisdiction LIKE $3 AND i.drill = $4 AND i.revision = 1 AND i.received_at > huiying_now() - ${LOOK_BACK}`;

/**
 * Looks up which of the things that a source brought are here already by another source of the same place. Answers by the place
 * in the list. What another place received is never joined: whoever reads this source must see it.
 */
export async function findJoins(
  tx: Transaction,
  origin: ItemOrigin,
  facts: JoinFacts[],
  keys: readonly JoinKeys[] = facts.map(joinKeys),
): Promise<Map<number, Joined>> {
  const of = (pick: (key: JoinKeys) => string | null) =>
    keys.flatMap((key) => (pick(key) === null ? [] : [pick(key)!]));
  const orders = facts.flatMap((fact) => (fact.orderNumber === null ? [] : [fact.orderNumber]));
  await waitForOthers(tx, origin, [
    ...of((key) => key.textKey),
    ...of((key) => key.linkKey),
    ...orders.map((order) => `order ${order}`),
  ]);
  const rows = await tx.query<KnownRow>(
    `${KNOWN} AND i.text_key = ANY($5::bigint[]) UNION ${KNOWN} AND i.link_key = ANY($6::bigint[]) UNION ${KNOWN} AND i.work_order_number = ANY($7::text[])`,
    [
      origin.sourceId,
      origin.jurisdiction,
      jurisdictionPattern(origin.jurisdiction),
      origin.drill,
      of((key) => key.textKey),
      of((key) => key.linkKey),
      orders,
    ],
  );
  if (rows.length === 0) return new Map();
  const byText = groupBy(rows, (row) => row.textKey ?? '');
  const byLink = groupBy(rows, (row) => row.linkKey ?? '');
  const byOrder = groupBy(rows, (row) => row.orderNumber ?? '');
  return new Map(
    facts.flatMap((fact, index): [number, Joined][] => {
      const { textKey, linkKey } = keys[index]!;
      const near = [
        ...(linkKey === null ? [] : (byLink.get(linkKey) ?? [])),
        ...(fact.orderNumber === null ? [] : (byOrder.get(fact.orderNumber) ?? [])),
        ...(textKey === null ? [] : (byText.get(textKey) ?? [])),
      ];
      for (const row of near) {
        const ground = joinGround(fact, row);
        if (ground !== null) return [[index, { itemId: row.id, ground }]];
      }
      return [];
    }),
  );
}

/** A transaction that looks for more keys than this locks its whole place: locks of single keys would fill the server's table of them. */
const MAX_KEY_LOCKS = 100;

/**
 * Whoever else is storing the same post at this instant is waited for, so that the search sees it. Locks end with the
 * transaction and are taken in one order, so that two lists with common posts never wait for each other.
 */
async function waitForOthers(tx: Transaction, { jurisdiction, drill }: ItemOrigin, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  const place = `item ${jurisdiction} ${drill}`;
  const wanted = [...new Set(keys)];
  if (wanted.length > MAX_KEY_LOCKS) {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [place]);
    return;
  }
  await tx.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [place]);
  await tx.query(
    'SELECT pg_advisory_xact_lock(k.id) FROM (SELECT DISTINCT hashtextextended($1 || key, 0) AS id FROM unnest($2::text[]) AS key ORDER BY id) k',
    [`${place} `, wanted],
  );
}

/** One way by which an item came. */
export interface Provenance {
  itemId: string;
  identityKey: string;
  url: string | null;
  ground: JoinGround | null;
  /** Of a joined item: by which this source's next version of it is told from this one. */
  revisionKey?: string;
}

export async function saveProvenances(
  tx: Transaction,
  origin: ItemOrigin,
  provenances: Provenance[],
  seenAt: Date,
): Promise<void> {
  if (provenances.length === 0) return;
  await tx.query(
    `INSERT INTO item_provenances (item_id, source_id, identity_key, how, seen_at, joined, ground, url, revision_key)
     SELECT p.item_id, $1, p.identity_key, $2, $3, p.ground IS NOT NULL, p.ground, p.url, p.revision_key FROM unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[]) AS p(item_id, identity_key, ground, url, revision_key)
     ON CONFLICT DO NOTHING`,
    [
      origin.sourceId,
      origin.channel,
      seenAt,
      provenances.map((p) => p.itemId),
      provenances.map((p) => p.identityKey),
      provenances.map((p) => p.ground),
      provenances.map((p) => p.url),
      provenances.map((p) => p.revisionKey ?? null),
    ],
  );
}
