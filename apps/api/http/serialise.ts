import type { RouteDefinition } from './route.js';

/** An answer that does not fit its own description: a fault of ours. The places say where; the values are not told. */
export class AnswerMismatch extends Error {
  constructor(
    readonly route: string,
    readonly places: string[],
  ) {
    super('an answer does not fit the description of its route');
    this.name = 'AnswerMismatch';
  }
}

/** What is sent for a handler's answer: instants as text, nothing that the schema does not name. */
export function serialise(route: RouteDefinition, answer: unknown): unknown {
  const parsed = route.response.safeParse(plain(answer));
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.slice(0, 10).map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  throw new AnswerMismatch(`${route.method} ${route.path}`, places);
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, plain(part)]])),
  );
}
