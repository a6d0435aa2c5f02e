/** `npm run evaluate -- <what> <file> [--json] [--train <file>] [--folds 5] [--texts <file>] [--city <id>]` */
import { parseArgs } from 'node:util';
import { type Evaluation, type EvaluationReport, UnreadableInput } from './frame.js';

const CAPABILITIES = [
  'categories',
  'labels',
  'figures',
  'titles',
  'grades',
  'duplicates',
  'clocks',
  'workdays',
  'ladder',
  'routing',
  'statistics',
  'feeds',
  'replay',
];

/** Each capability is a file beside this one that exports `evaluate`; loaded on demand, so that one does not load the models of another. */
async function loadEvaluation(what: string): Promise<Evaluation> {
  const module = (await import(`./${what}.js`)) as { evaluate: Evaluation };
  return module.evaluate;
}

function printTable(report: EvaluationReport): void {
  console.log(`${report.what}  ${report.file}`);
  console.log(`passed ${report.passed} of ${report.total}`);
  const width = Math.max(0, ...Object.keys(report.metrics).map((key) => key.length));
  for (const [key, value] of Object.entries(report.metrics))
    console.log(`  ${key.padEnd(width)}  ${Number.isInteger(value) ? value : value.toFixed(4)}`);
  for (const failure of report.failures.slice(0, 50))
    console.log(
      `  ✗ ${failure.id}\n      expected ${JSON.stringify(failure.expected)}\n      actual   ${JSON.stringify(failure.actual)}`,
    );
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
  if (what === undefined || file === undefined || !CAPABILITIES.includes(what)) {
    console.error(
      `usage: npm run evaluate -- <${CAPABILITIES.join('|')}> <file> [--json] [--train <file>] [--folds 5] [--texts <file>] [--city <id>]`,
    );
    return 2;
  }
  const evaluate = await loadEvaluation(what);
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
