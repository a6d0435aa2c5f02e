import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import { CIRCUMSTANCES } from './rules/grading/grade-model.js';
import { type EventCues, NEAR_MISSES } from './rules/event/event-model.js';

const words = z.array(z.string().min(1)).min(1);
const schema = z.strictObject({
  currentWithinDays: z.number().int().positive(),
  events: z.record(z.string().regex(/^[a-z_]+$/), words),
  consequences: words,
  notices: words,
  notCues: words,
  metaphorSubjects: words,
  metaphorEvents: words,
  nearMisses: z.strictObject(Object.fromEntries(NEAR_MISSES.map((kind) => [kind, words]))),
  currentCues: words,
  hearsay: words,
  elsewhere: words,
  circumstances: z.strictObject(Object.fromEntries(CIRCUMSTANCES.map((name) => [name, words]))),
});

/** Reads `<configDir>/event-cues.yaml`. Throws `ConfigError` with file, line of the fault and path. */
export function loadEventCues(configDir: string): EventCues {
  const file = path.join(configDir, 'event-cues.yaml');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(file, (error as Error).message);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) throw new ConfigError(file, document.errors[0]!.message);
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data as EventCues;
  const { path: at, message } = parsed.error.issues[0]!;
  const range = (document.getIn(at, true) as { range?: [number, number, number] } | null | undefined)?.range;
  throw new ConfigError(
    range === undefined ? file : `${file}:${lines.linePos(range[0]).line}`,
    `${at.join('.')}: ${message}`,
  );
}
