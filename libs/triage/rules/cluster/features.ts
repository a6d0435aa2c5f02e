/** A figure that an item names, as a range of one label; `max: null` is open upwards. */
export interface ItemFigure {
  label: string;
  min: number;
  max: number | null;
}

/** What is known of an item when it looks for its cluster. `words` are segmented words in the order of the text, with repeats. */
export interface ItemFacts {
  title: string;
  body: string;
  occurredAt: Date | null;
  publishedAt: Date | null;
  receivedAt: Date;
  places: readonly string[];
  figures: readonly ItemFigure[];
  words: readonly string[];
}

/** What words are worth: rarer words tell matters apart; generic ones (火灾, 投诉 …) only support. */
export interface WordWeights {
  /** Inverse document frequency of a word, > 0. */
  weightOf(word: string): number;
  isGeneric(word: string): boolean;
}

/** How features are made; the numbers stand in `config/clustering.yaml`. */
export interface FeaturePolicy {
  maxWords: number;
  titleFactor: number;
  genericFactor: number;
}

/** What items and clusters are compared by. */
export interface ItemFeatures {
  /** When it happened if the text says so, else publication, else receipt. */
  at: Date;
  /** A dated event, not a standing matter: something happened, or somebody was hurt. */
  event: boolean;
  /** Weights of the words, the heaviest first. */
  words: ReadonlyMap<string, number>;
  /** Words among them that are not generic, the heaviest first. */
  specific: readonly string[];
  places: readonly string[];
  figures: readonly ItemFigure[];
}

const COUNTABLE = /^(?:[\p{Script=Han}]{2,}|[a-z0-9]{2,})$/u;

/** Features of one item. Words of one character and bare numbers say too little and are left out; figures carry the numbers. */
export function featuresOf(facts: ItemFacts, weights: WordWeights, policy: FeaturePolicy): ItemFeatures {
  const counts = new Map<string, number>();
  for (const raw of facts.words) {
    const word = raw.normalize('NFKC').toLowerCase();
    if (!COUNTABLE.test(word) || /^\d+$/.test(word)) continue;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const title = facts.title.normalize('NFKC').toLowerCase();
  const weighed = [...counts]
    .map(([word, count]): [string, number] => {
      const generic = weights.isGeneric(word) ? policy.genericFactor : 1;
      const titled = title.includes(word) ? policy.titleFactor : 1;
      return [word, weights.weightOf(word) * (1 + Math.log(count)) * titled * generic];
    })
    .filter(([, weight]) => weight > 0)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, policy.maxWords);
  return {
    at: facts.occurredAt ?? facts.publishedAt ?? facts.receivedAt,
    event: facts.occurredAt !== null || facts.figures.length > 0,
    words: new Map(weighed),
    specific: weighed.filter(([word]) => !weights.isGeneric(word)).map(([word]) => word),
    places: [...new Set(facts.places)],
    figures: facts.figures,
  };
}
