import type { TextRow } from './features.js';
import { type LinearModel, predict, train, type TrainingOptions, type TrainingRow } from './linear-model.js';
import { Neighbours } from './neighbours.js';

/** Margins of each label, in the order of the labels. */
type Judge = (text: TextRow) => ArrayLike<number>;

/** A classifier of several judges whose margins are added. */
export interface Blend {
  labels: string[];
  /** Which judges it asks. */
  judges: readonly JudgeName[];
  predict(text: TextRow): string;
}

type JudgeName = 'joined' | 'blocks' | 'neighbours';

/** The second linear judge: words and longer character n-grams beside each other, without log-count ratios. It errs elsewhere than the first. */
const BLOCKS: Partial<TrainingOptions> = { ratioShare: 0, shape: false, maxCharacters: 4, blocks: true, cost: 1 };
/** What may be asked together; the first, alone, unless another is clearly better. */
const COMPANIES: readonly (readonly JudgeName[])[] = [
  ['joined'],
  ['joined', 'blocks'],
  ['joined', 'neighbours'],
  ['joined', 'blocks', 'neighbours'],
];
/** Parts into which the rows are cut: each is judged by those who did not learn it. */
const PARTS = 4;
/** A company must hit this share of the rows more than the first alone: less is chance (judgement). */
const CLEARLY = 0.002;

/**
 * Learns from labelled texts, whatever they are about: one linear model, and with it another one or the nearest learned texts
 * where that hits more rows in cross-validation on these very rows. Deterministic. Throws `RangeError` without two labels.
 */
export function trainBlend(rows: readonly TrainingRow[]): Blend {
  const labels = [...new Set(rows.map((row) => row.label))].sort();
  const joined = train(rows, { cost: 'heldOut' });
  const judges = chooseCompany(rows, labels, joined.cost!);
  const members = judges.map((name) =>
    name === 'joined' ? linear(joined, labels) : learn(name, rows, { labels, cost: joined.cost! }),
  );
  return { labels, judges, predict: (text) => labels[best(members.map((judge) => judge(text)))]! };
}

function learn(
  name: JudgeName,
  rows: readonly TrainingRow[],
  { labels, cost }: { labels: string[]; cost: number },
): Judge {
  if (name === 'neighbours') {
    const neighbours = new Neighbours(rows, labels);
    return (text) => neighbours.scores(text);
  }
  return linear(train(rows, name === 'joined' ? { cost } : BLOCKS), labels);
}

/** A label that a part does not show gets a margin that never wins. */
const ABSENT = -2;
const linear =
  (model: LinearModel, labels: readonly string[]): Judge =>
  (text) => {
    const { scores } = predict(model, text);
    return labels.map((label) => scores[label] ?? ABSENT);
  };

function chooseCompany(rows: readonly TrainingRow[], labels: string[], cost: number): readonly JudgeName[] {
  const hits = COMPANIES.map(() => 0);
  for (let part = 0; part < PARTS; part++) {
    const shown = rows.filter((_, index) => index % PARTS !== part);
    if (new Set(shown.map((row) => row.label)).size < 2) return COMPANIES[0]!;
    const judges = new Map(
      (['joined', 'blocks', 'neighbours'] as const).map((name) => [name, learn(name, shown, { labels, cost })]),
    );
    for (const row of rows.filter((_, index) => index % PARTS === part)) {
      const margins = new Map([...judges].map(([name, judge]) => [name, Array.from(judge(row))]));
      COMPANIES.forEach((company, index) => {
        if (labels[best(company.map((name) => margins.get(name)!))] === row.label) hits[index]! += 1;
      });
    }
  }
  const most = hits.indexOf(Math.max(...hits));
  return hits[most]! - hits[0]! > rows.length * CLEARLY ? COMPANIES[most]! : COMPANIES[0]!;
}

/** Number of the label with the highest sum of margins. */
function best(margins: readonly ArrayLike<number>[]): number {
  let winner = 0;
  let highest = -Infinity;
  for (let label = 0; label < margins[0]!.length; label++) {
    const sum = margins.reduce((total, of) => total + of[label]!, 0);
    if (sum > highest) [winner, highest] = [label, sum];
  }
  return winner;
}
