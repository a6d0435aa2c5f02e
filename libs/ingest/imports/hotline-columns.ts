import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import { HOTLINE_FIELDS, type HotlineColumns } from '../rules/hotline-row.js';

const words = z.array(z.union([z.string().min(1), z.number().transform(String)])).min(1);
const schema = z.strictObject({
  columns: z.partialRecord(z.enum(HOTLINE_FIELDS), words),
  requestTypes: z.record(z.string(), words),
  spokenChannels: words,
  empty: words,
  totals: words,
  headerWithinRows: z.int().min(1).max(100),
});

/** Reads `imports/hotline-columns.yaml` of a configuration folder, or the city's own file. Throws `ConfigError` with file and path. */
export function loadHotlineColumns(configDir: string, name = 'hotline-columns.yaml'): HotlineColumns {
  const file = path.join(configDir, 'imports', name);
  let raw: unknown;
  try {
    raw = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(file, (error as Error).message);
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`);
  }
  const seen = new Map<string, string>();
  for (const [field, headers] of Object.entries(parsed.data.columns))
    for (const header of headers) {
      const other = seen.get(header);
      if (other !== undefined) throw new ConfigError(file, `columns.${field}: ${header} already stands under ${other}`);
      seen.set(header, field);
    }
  return parsed.data;
}
