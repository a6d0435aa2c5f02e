import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import { SCORED } from '../rules/category/cue-tables.js';

const corpusRow = z.strictObject({
  text: z.string().min(1),
  label: z.enum(SCORED),
  secondary: z.array(z.enum(SCORED)).optional(),
});

/** One labelled text of the shipped corpus. */
export type CorpusRow = z.infer<typeof corpusRow>;

/** The rows of `<configDir>/categories/corpus/*.jsonl` and the hash of the files. Throws `ConfigError` with file and line. */
export function loadCorpus(configDir: string): { rows: CorpusRow[]; hash: string } {
  const folder = path.join(configDir, 'categories', 'corpus');
  const hash = createHash('sha256');
  const rows: CorpusRow[] = [];
  let files: string[];
  try {
    files = readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort();
  } catch (error) {
    throw new ConfigError(folder, (error as Error).message);
  }
  for (const name of files) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    hash.update(name).update(text);
    text.split('\n').forEach((line, index) => {
      if (line.trim() !== '') rows.push(readRow(line, `${path.join(folder, name)}:${index + 1}`));
    });
  }
  return { rows, hash: hash.digest('hex') };
}

function readRow(line: string, where: string): CorpusRow {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (error) {
    throw new ConfigError(where, (error as Error).message);
  }
  const result = corpusRow.safeParse(parsed);
  if (!result.success) throw new ConfigError(where, result.error.issues[0]!.message);
  return result.data;
}
