import { TfIdf } from 'natural/lib/natural/tfidf/index.js';

/** Titles beyond this add nothing to the choice. */
const MAX_TITLES = 50;

/**
 * The title that speaks best for a cluster: the one whose words weigh most, by TF-IDF, in the titles of the others. `wordsOf`
 * cuts a title into words. The first title wins a tie; with one or two titles it is the first. Titles must not be empty.
 */
export function chooseTitle(titles: readonly string[], wordsOf: (title: string) => string[]): string {
  const considered = titles.slice(0, MAX_TITLES);
  if (considered.length < 3) return considered[0] ?? '';
  const tfidf = new TfIdf();
  const words = considered.map((title) => wordsOf(title).filter((word) => word.trim().length > 1));
  for (const list of words) tfidf.addDocument([...list]);
  let best = 0;
  let bestScore = -1;
  considered.forEach((_, index) => {
    const own = [...new Set(words[index])];
    if (own.length === 0) return;
    let sum = 0;
    words.forEach((__, other) => {
      if (other !== index) sum += tfidf.tfidf([...own], other);
    });
    // Per word, so that a long title does not win by its length.
    const score = sum / Math.sqrt(own.length);
    if (score > bestScore) [best, bestScore] = [index, score];
  });
  return considered[best]!;
}
