/** One agreed wording of an incident (统一口径, R17): what is spoken of, and how. */
export interface WordingEntry {
  /** The matter: a word that a text about it contains. */
  topic: string;
  wording: string;
}

export interface WordingDeviation {
  topic: string;
  wording: string;
  /** `words`: the text speaks of the matter in other words; `figure`: it says another number. */
  kind: 'words' | 'figure';
  figure?: { name: string; agreed: number; said: number };
}

const compact = (text: string): string => text.normalize('NFKC').replace(/[\s\p{P}]+/gu, '');

/** Where a text departs from what the bodies agreed on. `figuresOf` reads the numbers of a text. */
export function wordingDeviations(
  text: string,
  entries: readonly WordingEntry[],
  figuresOf: (text: string) => Readonly<Record<string, number>>,
): WordingDeviation[] {
  const said = compact(text);
  const numbers = figuresOf(text);
  return entries.flatMap(({ topic, wording }): WordingDeviation[] => {
    const figures = Object.entries(figuresOf(wording)).flatMap(([name, agreed]) => {
      const value = numbers[name];
      return value === undefined || value === agreed ? [] : [{ name, agreed, said: value }];
    });
    if (figures.length > 0) return figures.map((figure) => ({ topic, wording, kind: 'figure', figure }));
    return said.includes(compact(topic)) && !said.includes(compact(wording)) ? [{ topic, wording, kind: 'words' }] : [];
  });
}
