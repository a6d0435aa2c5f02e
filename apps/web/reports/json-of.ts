import type { paths } from '../api/schema';

/** The JSON that a path answers, among the other forms that it can be had in. */
export type JsonOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Json } } } };
}
  ? Json
  : never;

/** The answer of a path that was asked for JSON. */
export const jsonOf = <Path extends keyof paths>(_path: Path, answer: Promise<unknown>): Promise<JsonOf<Path>> =>
  answer as Promise<JsonOf<Path>>;
