import type { Transaction } from '#platform/database/database.js';
import type { TriageItem } from './analysis.js';
import { DuplicateIndex } from './rules/duplicates/duplicate-index.js';
import { type DuplicatePolicy, type Fingerprint, fingerprint } from './rules/duplicates/fingerprint.js';
import { chooseOriginal, isCopy, worthReading } from './rules/duplicates/judge-duplicate.js';
import { bandMates, textsOf } from './copies.store.js';

export interface Copy {
  print: Fingerprint;
  /** The item that this one is a copy of. */
  original: string | null;
}

/** Finds copies of a batch of items, among the stored ones (by their bands in the database) and among themselves. */
export class DuplicateFinder {
  constructor(private readonly policy: DuplicatePolicy) {}

  async find(tx: Transaction, items: readonly TriageItem[]): Promise<Map<string, Copy>> {
    if (items.length === 0) return new Map();
    const prints = new Map(items.map((item) => [item.id, fingerprint(`${item.title}\n${item.body}`, this.policy)]));
    const stored = await bandMates(
      tx,
      [...prints.values()].flatMap((print) => [...print.bands].map((hash, band) => ({ hash, band }))),
    );
    const toRead = new Set([...prints.values()].flatMap((print) => worthReading(print.signature, stored, this.policy)));
    const known = (await textsOf(tx, [...toRead])).map((row) => ({
      itemId: row.id,
      fingerprint: fingerprint(`${row.title}\n${row.body}`, this.policy),
    }));
    const own = new DuplicateIndex(this.policy);
    const result = new Map<string, Copy>();
    for (const item of items) {
      const print = prints.get(item.id)!;
      const inBatch = own.findOriginal(print);
      const found =
        chooseOriginal(
          print,
          known.filter((candidate) => candidate.itemId !== item.id),
          this.policy,
        ) ?? inBatch;
      const original = found !== undefined && isCopy(found.kind) ? found.itemId : null;
      if (original === null) own.add(item.id, print);
      result.set(item.id, { print, original });
    }
    return result;
  }
}
