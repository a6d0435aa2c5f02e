import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from '#kernel/error.js';

/** Reads and validates one YAML file; `ConfigError` names the file and the line or the path of the first fault. */
export function readYaml<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  let data: unknown;
  try {
    data = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    throw new ConfigError(
      line === undefined ? file : `${file}:${line}`,
      (error as Error).message.split('\n')[0] ?? 'unreadable',
    );
  }
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new ConfigError(file, `${issue.path.join('.') || '(root)'}: ${issue.message}`);
}
