/** What the public asks or alleges in one or several texts of an incident. */
export interface Claim {
  kind: 'question' | 'allegation';
  /** The sentence in which it was first met. */
  text: string;
  /** How many texts carry it. */
  texts: number;
}

export interface ClaimWords {
  questionCues: readonly string[];
  allegationCues: readonly string[];
  emptyWords: readonly string[];
  answeredShare: number;
  alikeShare: number;
  maximum: number;
}

const SENTENCE = /[^。！？!?；;\n]+[。！？!?；;]?/gu;
const SHORTEST = 6;
const LONGEST = 160;
const MAX_TEXTS = 500;

const compact = (text: string): string => text.normalize('NFKC').replace(/[\s\p{P}\p{S}]+/gu, '');

/** Pairs of neighbouring characters that carry matter: what is said, without the words that only ask. */
function matterOf(text: string, emptyWords: readonly string[]): Set<string> {
  let rest = text.normalize('NFKC');
  for (const word of emptyWords) rest = rest.split(word).join('\n');
  const pairs = new Set<string>();
  for (const part of rest.split(/[\s\p{P}\p{S}]+/u))
    for (let at = 0; at + 2 <= part.length; at += 1) pairs.add(part.slice(at, at + 2));
  return pairs;
}

function shareOf(wanted: ReadonlySet<string>, given: ReadonlySet<string>): number {
  if (wanted.size === 0) return 0;
  let found = 0;
  for (const pair of wanted) if (given.has(pair)) found += 1;
  return found / wanted.size;
}

function kindOf(sentence: string, words: ClaimWords): Claim['kind'] | undefined {
  if (/[？?]$/u.test(sentence) || words.questionCues.some((cue) => sentence.includes(cue))) return 'question';
  return words.allegationCues.some((cue) => sentence.includes(cue)) ? 'allegation' : undefined;
}

/** A claim with the texts that carry it, by their index. */
export interface CarriedClaim extends Claim {
  carriedBy: number[];
}

/** The claims of a cluster, those carried by most texts first. Alike sentences are one claim. */
export const claimsOf = (texts: readonly string[], words: ClaimWords): Claim[] =>
  carriedClaims(texts, words).map(({ kind, text, texts: carried }) => ({ kind, text, texts: carried }));

/** The same claims with the texts that carry each: what is asked again after an answer is seen by them. */
export function carriedClaims(texts: readonly string[], words: ClaimWords): CarriedClaim[] {
  const known: (CarriedClaim & { matter: Set<string> })[] = [];
  texts.slice(0, MAX_TEXTS).forEach((text, index) => {
    for (const [sentence] of text.matchAll(SENTENCE)) {
      const trimmed = sentence.trim();
      const length = compact(trimmed).length;
      const kind = length < SHORTEST || length > LONGEST ? undefined : kindOf(trimmed, words);
      if (kind === undefined) continue;
      const matter = matterOf(trimmed, words.emptyWords);
      if (matter.size === 0) continue;
      const alike = known.find(
        (claim) => Math.min(shareOf(matter, claim.matter), shareOf(claim.matter, matter)) >= words.alikeShare,
      );
      if (alike === undefined) {
        if (known.length < words.maximum) known.push({ kind, text: trimmed, texts: 1, matter, carriedBy: [index] });
      } else if (alike.carriedBy.at(-1) !== index) {
        alike.texts += 1;
        alike.carriedBy.push(index);
      }
    }
  });
  return known.sort((a, b) => b.texts - a.texts).map(({ matter: _matter, ...claim }) => claim);
}

export interface MatchedClaim extends Claim {
  answered: boolean;
}

/** Which claims a draft takes up: enough of their matter stands in it. A list for a person, never a judgement of the text. */
export function matchClaims(claims: readonly Claim[], draft: string, words: ClaimWords): MatchedClaim[] {
  const given = matterOf(draft, []);
  return claims.map((claim) => ({
    ...claim,
    answered: shareOf(matterOf(claim.text, words.emptyWords), given) >= words.answeredShare,
  }));
}
