import { readFileSync } from 'node:fs';
import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { ConfigError } from '#kernel/error.js';

/** Runs a check of files; a fault that it finds names the line beside the file: whoever edits a pack is led to the place. */
export function withLine<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof ConfigError) || /:\d+$/.test(error.source)) throw error;
    const text = error.message.slice(error.source.length + 2);
    const line = lineOf(error.source, text);
    throw line === undefined ? error : new ConfigError(`${error.source}:${line}`, text);
  }
}

/** The line of `bodies.local.6` or, where a part of the path is a code or a key and no place in the file, of its first mention. */
function lineOf(file: string, message: string): number | undefined {
  const path = /^[\w.-]+/.exec(message)?.[0].split('.') ?? [];
  const lines = new LineCounter();
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  let node: Node | null = parseDocument(text, { lineCounter: lines }).contents as Node | null;
  let offset = node?.range?.[0];
  for (const step of path) {
    const next: unknown =
      isMap(node) || isSeq(node) ? node.get(/^\d+$/.test(step) ? Number(step) : step, true) : undefined;
    if (next === undefined || next === null) {
      const named = step.replace(/^\d+-/, '');
      const at = new RegExp(`(?<![\\w-])${named.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`).exec(text)?.index;
      if (at !== undefined) return lines.linePos(at).line;
      break;
    }
    node = next as Node;
    offset = node.range?.[0] ?? offset;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}
