import { readFileSync } from 'node:fs';

/** One failed row: what was expected and what came out, both as plain data. */
export interface EvaluationFailure {
  id: string;
  expected: unknown;
  actual: unknown;
}

/** What `npm run evaluate -- <what> <file> --json` prints (design, section 5). */
export interface EvaluationReport {
  what: string;
  file: string;
  total: number;
  passed: number;
  metrics: Record<string, number>;
  failures: EvaluationFailure[];
}

/** Options of the command line; each evaluation reads the ones that it knows. */
export interface EvaluationOptions {
  train?: string;
  folds?: number;
  texts?: string;
  city?: string;
}

/** One capability that can be measured: reads a file of labelled cases and reports. Throws `UnreadableInput` for a bad file or line. */
export type Evaluation = (file: string, options: EvaluationOptions) => Promise<EvaluationReport>;

/** A file, or a line of it, that can't be read: exit code 2 and a message that says which. */
export class UnreadableInput extends Error {
  constructor(file: string, problem: string, line?: number) {
    super(line === undefined ? `${file}: ${problem}` : `${file}:${line}: ${problem}`);
    this.name = 'UnreadableInput';
  }
}

/** Reads a JSON Lines file; blank lines are skipped; a line that is not a JSON object is refused with its number. */
export function readJsonLines<T>(file: string): T[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UnreadableInput(file, (error as Error).message);
  }
  const rows: T[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch (error) {
      throw new UnreadableInput(file, (error as Error).message, index + 1);
    }
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      throw new UnreadableInput(file, 'expected a JSON object', index + 1);
    rows.push(row as T);
  });
  return rows;
}

/** A checked row of the domain cases: strict rows count, debatable ones are listed apart and never fail (data/domain/README). */
export interface CheckedCase {
  id: string;
  strict: boolean;
  ok: boolean;
  expected: unknown;
  actual: unknown;
}

/** Pass rates of strict and of debatable rows; only strict rows count as passed or failed. */
export function reportCases(what: string, file: string, cases: CheckedCase[]): EvaluationReport {
  const strict = cases.filter((c) => c.strict);
  const debatable = cases.filter((c) => !c.strict);
  const passed = strict.filter((c) => c.ok).length;
  const rate = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  return {
    what,
    file,
    total: strict.length,
    passed,
    metrics: {
      passRate: rate(passed, strict.length),
      debatablePassRate: rate(debatable.filter((c) => c.ok).length, debatable.length),
      debatableTotal: debatable.length,
    },
    failures: strict.filter((c) => !c.ok).map(({ id, expected, actual }) => ({ id, expected, actual })),
  };
}
