import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { en } from '../../apps/web/i18n/en.js';
import { zhCN } from '../../apps/web/i18n/zh-CN.js';
import { FINDING_CODES } from '../../libs/clocks/policy/check-pack.js';
import { TOPIC_LABELS } from '../../libs/reporting/labels.js';
import { loadCues } from '../../libs/triage/model/load-cues.js';

const root = path.resolve(import.meta.dirname, '../..');

/** `a.b.c` of every text in a tree of labels. */
function keysOf(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value as object, `${prefix}${key} › `),
  );
}

const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!))].sort();

function textsOf(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : textsOf(value as object, `${prefix}${key} › `),
  );
}

const sources = ['libs', 'apps'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.startsWith('web'))
    .map((file) => readFileSync(path.join(root, folder, file), 'utf8')),
);

test('both languages have the same labels', () => {
  expect(keysOf(en).sort()).toEqual(keysOf(zhCN).sort());
});

test('a label fills the same blanks in both languages', () => {
  const english = new Map(textsOf(en));
  const differing = textsOf(zhCN).filter(
    ([key, text]) => `${placeholders(text)}` !== `${placeholders(english.get(key)!)}`,
  );
  expect(differing.map(([key]) => key)).toEqual([]);
});

test('no label is empty but those that say nothing on purpose', () => {
  const empty = textsOf(zhCN).filter(
    ([key, text]) => text === '' && !/^(why › standing|stampSource|figureUnit)/.test(key),
  );
  expect(empty).toEqual([]);
});

test('every refusal that a service can give has a sentence that says what to do', () => {
  const codes = new Set(
    sources.flatMap((text) => [...text.matchAll(/new DomainError\(\s*'([A-Z_]+)'/g)].map((match) => match[1]!)),
  );
  expect(codes.size).toBeGreaterThan(50);
  expect([...codes].filter((code) => !(code in zhCN.problem)).sort()).toEqual([]);
});

test('every event that the ledger records has a name', () => {
  const lists = sources.flatMap((text) =>
    [...text.matchAll(/export const \w+_EVENTS = \{(.*?)\} as const/gs)].map((match) => match[1]!),
  );
  const events = lists.flatMap((list) => [...list.matchAll(/'(\w+\.\w+)'/g)].map((match) => match[1]!));
  expect(events.length).toBeGreaterThan(20);
  expect([...new Set(events)].filter((event) => !(event in zhCN.event)).sort()).toEqual([]);
});

test('R11: the topics are called the same where they are found, in reports and on the screen', () => {
  const found = Object.fromEntries(loadCues(path.join(root, 'config')).tags.map(({ id, label }) => [id, label]));
  expect(TOPIC_LABELS).toEqual(found);
  expect(zhCN.topic).toEqual(found);
});

test('whatever a preflight finds has words', () => {
  expect(Object.keys(zhCN.packs.findings).sort()).toEqual([...FINDING_CODES].sort());
});
