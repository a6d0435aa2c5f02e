import { readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import { readYaml } from '#platform/config/read-yaml.js';
import { AMOUNT_NAMES, CIRCUMSTANCES, type GradingTable } from './rules/grading/grade-model.js';

const bounds = z
  .strictObject({ from: z.number().optional(), above: z.number().optional(), below: z.number().optional() })
  .refine(({ from, above }) => (from === undefined) !== (above === undefined), 'needs exactly one of from and above')
  .refine(
    ({ from, above, below }) => below === undefined || below > (from ?? above ?? 0),
    'below must be greater than from',
  );
const amounts = Object.fromEntries(AMOUNT_NAMES.map((name) => [name, bounds.optional()]));
const circumstances = Object.fromEntries(CIRCUMSTANCES.map((name) => [name, z.literal(true).optional()]));
const standing = z.enum(['N', 'M', 'L', 'J']);
const eventTypes = z.array(z.string().regex(/^[a-z_]+$/)).min(1);

const table = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9]+$/),
  title: z.string(),
  document: z.string(),
  article: z.string(),
  dated: z
    .string()
    .regex(/^\d{4}(-\d\d-\d\d)?$/)
    .nullable(),
  standing,
  advisory: z.boolean().default(false),
  provinces: z.array(z.string().regex(/^\d\d$/)).optional(),
  exceptProvinces: z.array(z.string().regex(/^\d\d$/)).optional(),
  eventTypes,
  rows: z
    .array(
      z.strictObject({
        id: z.string(),
        grade: z.enum(['I', 'II', 'III', 'IV']),
        standing: standing.optional(),
        review: z.boolean().default(false),
        only: eventTypes.optional(),
        not: eventTypes.optional(),
        when: z
          .strictObject({ ...amounts, ...circumstances })
          .refine(
            (when) => Object.keys(when).some((key) => (AMOUNT_NAMES as readonly string[]).includes(key)),
            'needs a figure',
          ),
      }),
    )
    .min(1),
});

/**
 * Reads all tables of `<configDir>/grading/*.yaml`, in the order of their file names. Throws `ConfigError` naming file,
 * line and path for a file that is no YAML, breaks the schema or repeats the id of another.
 */
export function loadGradingTables(configDir: string): GradingTable[] {
  const folder = path.join(configDir, 'grading');
  let files: string[];
  try {
    files = readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort();
  } catch (error) {
    throw new ConfigError(folder, (error as Error).message);
  }
  if (files.length === 0) throw new ConfigError(folder, 'holds no grading table');
  const tables = files.map((name) => readYaml(path.join(folder, name), table) as GradingTable);
  const ids = new Set<string>();
  tables.forEach(({ id }, index) => {
    if (ids.has(id)) throw new ConfigError(path.join(folder, files[index]!), `id: ${id} is used by another table`);
    ids.add(id);
  });
  return tables;
}
