import type { DuplicatePolicy, Fingerprint } from './fingerprint.js';
import { chooseOriginal, type FoundOriginal, type KnownText } from './judge-duplicate.js';

/** Originals in memory, filed by their bands: the copies inside one batch are found without the database. */
export class DuplicateIndex {
  private readonly byBand = new Map<string, KnownText[]>();

  constructor(private readonly policy: DuplicatePolicy) {}

  /** Files an original. Copies are not filed, so that nothing is the copy of a copy. */
  add(itemId: string, print: Fingerprint): void {
    const known = { itemId, fingerprint: print };
    print.bands.forEach((hash, band) => {
      const key = `${band}:${hash}`;
      const filed = this.byBand.get(key);
      if (filed === undefined) this.byBand.set(key, [known]);
      else filed.push(known);
    });
  }

  /** The best filed original of a text. */
  findOriginal(print: Fingerprint): FoundOriginal | undefined {
    return chooseOriginal(print, this.candidates(print), this.policy);
  }

  private candidates(print: Fingerprint): Set<KnownText> {
    const found = new Set<KnownText>();
    print.bands.forEach((hash, band) => {
      for (const known of this.byBand.get(`${band}:${hash}`) ?? []) found.add(known);
    });
    return found;
  }
}
