import { sha256 } from '#kernel/hash.js';
import type { Transaction } from '../database/database.js';

/** What kind of policy a case is held to. */
export type FrozenKind = 'clocks' | 'ladder';

/** A policy as data, and the digest by which it is known. */
export interface PolicyText<Policy> {
  digest: string;
  policy: Policy;
}

export const textOf = <Policy>(policy: Policy): PolicyText<Policy> => ({
  digest: sha256(JSON.stringify(policy)),
  policy,
});

/**
 * The policy under which each incident began. What is first seen is kept, so that an edited file changes no running case
 * (design, invariant 8). `freeze` false only reads: an incident that nothing is kept of is judged by the present text.
 */
export class FrozenTexts<Policy> {
  private readonly known = new Map<string, Policy>();

  constructor(private readonly kind: FrozenKind) {}

  async forIncidents(
    tx: Transaction,
    present: ReadonlyMap<string, PolicyText<Policy>>,
    { freeze }: { freeze: boolean },
  ): Promise<Map<string, Policy>> {
    const ids = [...present.keys()];
    for (const { digest, policy } of present.values()) this.known.set(digest, policy);
    if (freeze) await this.keep(tx, present);
    const kept = await tx.query<{ id: string; digest: string }>(
      'SELECT incident_id AS id, digest FROM incident_policies WHERE incident_id = ANY($1::uuid[]) AND kind = $2',
      [ids, this.kind],
    );
    const digestOf = new Map(kept.map((row) => [row.id, row.digest]));
    await this.load(tx, [...new Set(digestOf.values())]);
    return new Map(
      ids.map((id) => [id, this.known.get(digestOf.get(id) ?? present.get(id)!.digest) ?? present.get(id)!.policy]),
    );
  }

  private async keep(tx: Transaction, present: ReadonlyMap<string, PolicyText<Policy>>): Promise<void> {
    const texts = new Map([...present.values()].map((text) => [text.digest, text.policy]));
    await tx.query(
      `INSERT INTO policy_texts (digest, kind, content, first_used_at)
       SELECT t.digest, $3, t.content, huiying_now() FROM unnest($1::text[], $2::jsonb[]) AS t(digest, content) ON CONFLICT DO NOTHING`,
      [[...texts.keys()], [...texts.values()].map((policy) => JSON.stringify(policy)), this.kind],
    );
    await tx.query(
      `INSERT INTO incident_policies (incident_id, kind, digest, frozen_at)
       SELECT i.id, $3, i.digest, huiying_now() FROM unnest($1::uuid[], $2::text[]) AS i(id, digest) ON CONFLICT DO NOTHING`,
      [[...present.keys()], [...present.values()].map((text) => text.digest), this.kind],
    );
  }

  private async load(tx: Transaction, digests: string[]): Promise<void> {
    const missing = digests.filter((digest) => !this.known.has(digest));
    if (missing.length === 0) return;
    const rows = await tx.query<{ digest: string; content: Policy }>(
      'SELECT digest, content FROM policy_texts WHERE digest = ANY($1::text[])',
      [missing],
    );
    for (const row of rows) this.known.set(row.digest, row.content);
  }
}
