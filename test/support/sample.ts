import { z } from 'zod';

type Json = Record<string, unknown>;

const BY_FORMAT: Record<string, string> = {
  uuid: '01890000-0000-7000-8000-000000000000',
  'date-time': '2026-11-26T08:00:00+08:00',
  date: '2026-11-26',
  uri: 'https://example.org/notice',
  base64: 'AAAA',
};
const TEXTS = ['样例文字', 'sample', '990121', 'a'];

/** A value that fits a schema: what is required and nothing more. `given` replaces single keys of the outermost object. */
export function sampleOf(schema: z.ZodType, given: Json = {}): unknown {
  const description = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Json;
  const made = sample(description, (description['$defs'] ?? {}) as Record<string, Json>);
  const keys = Object.keys((description['properties'] ?? {}) as Json);
  const value =
    Array.isArray(made) || made === null || typeof made !== 'object' ? made : { ...made, ...pick(given, keys) };
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new Error(
      `no sample fits: ${parsed.error.issues[0]!.path.join('.')} ${parsed.error.issues[0]!.message}; give the key`,
    );
  return value;
}

const pick = (from: Json, keys: string[]): Json =>
  Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));

function sample(schema: Json, defs: Record<string, Json>): unknown {
  if (typeof schema['$ref'] === 'string') return sample(defs[schema['$ref'].replace('#/$defs/', '')] ?? {}, defs);
  if ('const' in schema) return schema['const'];
  if ('default' in schema) return schema['default'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined;
  if (choices !== undefined) return sample(choices[0]!, defs);
  switch (schema['type']) {
    case 'object': {
      const properties = (schema['properties'] ?? {}) as Record<string, Json>;
      const required = (schema['required'] ?? []) as string[];
      return Object.fromEntries(required.map((key) => [key, sample(properties[key] ?? {}, defs)]));
    }
    case 'array':
      return Array.from({ length: Number(schema['minItems'] ?? 0) }, () =>
        sample((schema['items'] ?? {}) as Json, defs),
      );
    case 'integer':
    case 'number':
      return schema['minimum'] ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return text(schema);
  }
}

function text(schema: Json): string {
  const byFormat = BY_FORMAT[String(schema['format'])];
  if (byFormat !== undefined) return byFormat;
  const pattern = typeof schema['pattern'] === 'string' ? new RegExp(schema['pattern'], 'u') : undefined;
  return (
    TEXTS.find(
      (candidate) => (pattern?.test(candidate) ?? true) && candidate.length >= Number(schema['minLength'] ?? 0),
    ) ?? TEXTS[0]!
  );
}
