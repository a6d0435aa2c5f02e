import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import type { LadderPolicy } from './rules/steps.js';

const hours = z.number().positive();
const windows = z.strictObject({ urgingHours: hours, supervisionHours: hours });

const ladderSchema = z.strictObject({
  version: z.int().positive(),
  id: z.string().min(1),
  reminderFractions: z
    .array(z.number().gt(0).lt(1))
    .refine((list) => list.every((fraction, index) => index === 0 || fraction > list[index - 1]!), 'must ascend'),
  levels: z.strictObject({ fast: windows, 'I-II': windows, III: windows, IV: windows }),
});

/**
 * Reads `ladders/<id>.yaml` of the configuration folder. Throws `ConfigError` that names file, line and field, also when the
 * file calls itself by another id.
 */
export function loadLadderPolicy(configDir: string, id = 'default'): LadderPolicy {
  const file = path.join(configDir, 'ladders', `${id}.yaml`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(file, (error as Error).message);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fault = document.errors[0];
  if (fault !== undefined) throw new ConfigError(`${file}:${lines.linePos(fault.pos[0]).line}`, fault.message);
  const result = ladderSchema.safeParse(document.toJS());
  if (!result.success) {
    const issue = result.error.issues[0]!;
    const node = document.getIn(issue.path as (string | number)[], true) as
      { range?: [number, number, number] } | undefined;
    const line = node?.range === undefined ? '' : `:${lines.linePos(node.range[0]).line}`;
    throw new ConfigError(`${file}${line}`, `${issue.path.join('.')}: ${issue.message}`);
  }
  if (result.data.id !== id) throw new ConfigError(file, `id: is ${result.data.id}, the file name says ${id}`);
  return result.data;
}
