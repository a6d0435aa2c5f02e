import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import ts from 'typescript';

const FOLDER = path.resolve(import.meta.dirname, '../../apps/web/i18n');

/** What a file that joins parts imports, by name; planted texts bring parts of their own. */
type Parts = Record<string, object>;

/** `labels.act` of `...labels.act`, walked from the parts. */
function keysOf(expression: ts.Expression, parts: Parts): string[] {
  const names = expression.getText().split('.');
  const tree = names.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], parts);
  if (tree === undefined) throw new Error(`${expression.getText()} is joined and is no part that is known`);
  return Object.keys(tree as object);
}

/** True for `act: { ...values.act, … }` beside `...values`: the words of that part are taken in, not hidden. */
function takesIn(property: ts.ObjectLiteralElementLike, from: string): boolean {
  return (
    ts.isPropertyAssignment(property) &&
    ts.isObjectLiteralExpression(property.initializer) &&
    property.initializer.properties.some(
      (inner) => ts.isSpreadAssignment(inner) && inner.expression.getText() === `${from}.${property.name.getText()}`,
    )
  );
}

/** Keys that two parts of one level give, so that one hides the other: `watch: operationsZh, triageZh`. */
function collisions(text: string, parts: Parts): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) found.push(...collisionsAt(node, parts));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('labels.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

function collisionsAt(level: ts.ObjectLiteralExpression, parts: Parts): string[] {
  const givers = new Map<string, string[]>();
  const give = (key: string, from: string) => givers.set(key, [...(givers.get(key) ?? []), from]);
  const spreads = level.properties.filter(ts.isSpreadAssignment);
  for (const { expression } of spreads) for (const key of keysOf(expression, parts)) give(key, expression.getText());
  for (const property of level.properties.filter((candidate) => !ts.isSpreadAssignment(candidate))) {
    const key = property.name!.getText();
    const before = givers.get(key) ?? [];
    if (before.length !== 1 || !takesIn(property, before[0]!)) give(key, 'the file itself');
  }
  return [...givers].filter(([, from]) => from.length > 1).map(([key, from]) => `${key}: ${from.join(', ')}`);
}

async function partsOf(text: string): Promise<Parts> {
  const files = [...text.matchAll(/^import \{[^}]+\} from '\.\/(.+?)\.js';/gm)].map((match) => match[1]!);
  const modules = await Promise.all(files.map((file) => import(`../../apps/web/i18n/${file}.js`) as Promise<Parts>));
  return Object.assign({}, ...modules) as Parts;
}

test.each(['zh-CN.ts', 'en.ts'])('no two parts that %s joins use one key', async (file) => {
  const text = readFileSync(path.join(FOLDER, file), 'utf8');
  const parts = await partsOf(text);
  expect(Object.keys(parts).length).toBeGreaterThan(10);
  expect(collisions(text, parts)).toEqual([]);
});

test('the rule sees words that hide others, at the top and within, and lets words be taken in', () => {
  const parts = { one: { duty: { a: '' }, act: { b: '' } }, two: { duty: { c: '' } }, more: { b: '' } };
  expect(collisions('const all = { ...one, ...two };', parts)).toEqual(['duty: one, two']);
  expect(collisions('const all = { duty: { d: "" }, ...one };', parts)).toEqual(['duty: one, the file itself']);
  expect(collisions('const all = { ...one, act: { ...more } };', parts)).toEqual(['act: one, the file itself']);
  expect(collisions('const all = { ...one, act: { ...one.act, ...more } };', parts)).toEqual(['b: one.act, more']);
  expect(collisions('const all = { ...one, act: { ...one.act, e: "" } };', parts)).toEqual([]);
});
