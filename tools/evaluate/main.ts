/** `npm run evaluate -- <what> <file> [--json] [--train <file>] [--folds 5] [--texts <file>] [--city <id>]` */
import { parseArgs } from 'node:util';
import { type Evaluation, type EvaluationReport, UnreadableInput } from './frame.js';

/** Loaded on demand, so that measuring one capability does not load the models of another. */
const EVALUATIONS: Record<string, () => Promise<Evaluation>> = {
  categories: async () => (await import('./categories.js')).evaluateCategories,
  labels: async () => (await import('./labels.js')).evaluateLabels,
  figures: async () => (await import('./figures.js')).evaluateFigures,
  grades: async () => (await import('./grades.js')).evaluateGrades,
  titles: async () => (await import('./titles.js')).evaluateTitles,
  clocks: async () => (await import('./clocks.js')).evaluateClocks,
  workdays: async () => (await import('./workdays.js')).evaluateWorkdays,
  ladder: async () => (await import('./ladder.js')).evaluateLadder,
  routing: async () => (await import('./routing.js')).evaluateRouting,
  statistics: async () => (await import('./statistics.js')).evaluateStatistics,
  duplicates: async () => (await import('./duplicates.js')).evaluateDuplicates,
  feeds: async () => (await import('./feeds.js')).evaluateFeeds,
  replay: async () => (await import('./replay.js')).evaluateReplay,
};

function printTable(report: EvaluationReport): void {
  console.log(`${report.what}  ${report.file}`);
  console.log(`passed ${report.passed} of ${report.total}`);
  const width = Math.max(0, ...Object.keys(report.metrics).map((key) => key.length));
  for (const [key, value] of Object.entries(report.metrics))
    console.log(`  ${key.padEnd(width)}  ${Number.isInteger(value) ? value : value.toFixed(4)}`);
  for (const failure of report.failures.slice(0, 50))
    console.log(`  ✗ ${failure.id}\n      expected ${JSON.stringify(failure.expected)}\n      actual   ${JSON.stringify(failure.actual)}`);
  if (report.failures.length > 50) console.log(`  … and ${report.failures.length - 50} more (--json lists all)`);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      train: { type: 'string' },
      folds: { type: 'string' },
      texts: { type: 'string' },
      city: { type: 'string' },
    },
  });
  const [what, file] = positionals;
  const load = what === undefined ? undefined : EVALUATIONS[what];
  if (what === undefined || file === undefined || load === undefined) {
    console.error(`usage: npm run evaluate -- <${Object.keys(EVALUATIONS).join('|')}> <file> [--json] [--train <file>] [--folds 5] [--texts <file>] [--city <id>]`);
    return 2;
  }
  const evaluate = await load();
  const { json, folds, ...rest } = values;
  const report = await evaluate(file, { ...rest, ...(folds === undefined ? {} : { folds: Number(folds) }) });
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else printTable(report);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof UnreadableInput ? error.message : error);
  process.exitCode = 2;
}
