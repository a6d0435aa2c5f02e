import { readFileSync } from 'node:fs';
import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from '#kernel/error.js';

/** Reads a YAML file and checks it. Throws `ConfigError` whose source is `file:line` and whose message names the path. */
export function readYaml<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(file, `can't be read: ${(error as Error).message}`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken !== undefined)
    throw new ConfigError(`${file}:${lines.linePos(broken.pos[0]).line}`, broken.message.split('\n')[0]!);
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const offset = deepestNode(document.contents as Node | null, issue.path)?.range?.[0];
  const place = offset === undefined ? file : `${file}:${lines.linePos(offset).line}`;
  throw new ConfigError(place, `${issue.path.join('.') || 'the file'}: ${issue.message}`);
}

function deepestNode(root: Node | null, path: readonly PropertyKey[]): Node | null {
  let node = root;
  for (const step of path) {
    const next = isMap(node) || isSeq(node) ? (node.get(step, true) as Node | undefined) : undefined;
    if (next === undefined) break;
    node = next;
  }
  return node;
}
