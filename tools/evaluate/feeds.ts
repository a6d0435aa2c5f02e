import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FeedDocument } from '#ingest/feeds/feed-document.js';
import { ParsePool } from '#ingest/feeds/parse-pool.js';
import { type Evaluation, type EvaluationFailure, readJsonLines, UnreadableInput } from './frame.js';
import { type FeedCheck, checksOfAsserts, checksOfExpected, type ManifestAssert } from './feed-checks.js';

interface ManifestRow {
  id: string;
  source: string;
  file: string;
  header?: string;
  asserts?: ManifestAssert[];
  expected_file?: string;
}

/** Feed documents of other parsers' own tests. `passRate` counts documents with at least one assertion on a field that we read; every document must come back from the reader. */
export const evaluate: Evaluation = async (file) => {
  const folder = path.dirname(file);
  const rows = readJsonLines<ManifestRow>(file);
  const pool = new ParsePool({ threads: 2, deadlineMs: 10_000 });
  const failures: EvaluationFailure[] = [];
  const bySource = new Map<string, { total: number; passed: number }>();
  let survived = 0;
  let assertions = 0;
  try {
    for (const row of rows) {
      const read = await readRow(pool, folder, row);
      if (read instanceof Error) {
        failures.push({ id: row.file, expected: 'a document', actual: read.message });
        continue;
      }
      survived += 1;
      const checks = checksOf(folder, row);
      if (checks.length === 0) continue;
      assertions += checks.length;
      const tally = bySource.get(row.source) ?? { total: 0, passed: 0 };
      bySource.set(row.source, tally);
      tally.total += 1;
      const failed = checks.filter((check) => !check.holds(read));
      if (failed.length === 0) tally.passed += 1;
      for (const check of failed.slice(0, 1))
        failures.push({ id: `${row.file} ${check.field}`, expected: check.expected, actual: check.actual(read) });
    }
  } finally {
    await pool.close();
  }
  const total = [...bySource.values()].reduce((sum, tally) => sum + tally.total, 0);
  const passed = [...bySource.values()].reduce((sum, tally) => sum + tally.passed, 0);
  return {
    what: 'feeds',
    file,
    total,
    passed,
    metrics: {
      passRate: total === 0 ? 1 : passed / total,
      survived: rows.length === 0 ? 1 : survived / rows.length,
      documents: rows.length,
      scoredDocuments: total,
      scoredAssertions: assertions,
      ...Object.fromEntries([...bySource].map(([source, tally]) => [`bySource.${source}`, tally.passed / tally.total])),
    },
    failures,
  };
};

async function readRow(pool: ParsePool, folder: string, row: ManifestRow): Promise<FeedDocument | Error> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path.join(folder, row.file));
  } catch (error) {
    throw new UnreadableInput(row.file, (error as Error).message);
  }
  const header = (name: string) => new RegExp(`${name}:\\s*([^\\n]+)`, 'i').exec(row.header ?? '')?.[1]?.trim();
  const location = header('Content-Location');
  // The assertions of one project assume that its test server gave out the document at this address.
  const own = row.source === 'feedparser' ? 'http://127.0.0.1:8097/' : undefined;
  const url = location !== undefined && /^https?:/.test(location) ? location : own;
  const contentType = header('Content-type');
  try {
    return await pool.read(bytes, {
      ...(url === undefined ? {} : { url }),
      ...(contentType === undefined ? {} : { contentType }),
    });
  } catch (error) {
    return error as Error;
  }
}

function checksOf(folder: string, row: ManifestRow): FeedCheck[] {
  // What is left out: sanitising (another stage), and `bozo`, which no field of ours carries.
  if (/sanitiz/i.test(row.file)) return [];
  if (row.asserts !== undefined && row.asserts.length > 0) return checksOfAsserts(row.asserts);
  if (row.expected_file === undefined || /opml/.test(row.source)) return [];
  return checksOfExpected(
    row.source,
    JSON.parse(readFileSync(path.join(folder, row.expected_file), 'utf8')) as Record<string, unknown>,
  );
}
