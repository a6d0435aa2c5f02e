import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from '@jest/globals';

interface Message {
  line: number;
  ruleId: string;
}

/** One offence a line, in the place of a file of rules. */
const PLANTED = [
  'export default 1;',
  'export const stamp = Date.now();',
  'export const now = new Date();',
  'export const luck = Math.random();',
  'export const port = process.env.PORT;',
  'console.log(stamp);',
  'export const loose = (x: number) => x == 1;',
  'Promise.resolve(1);',
  'export const many = (a: number, b: number, c: number, d: number, e: number) => a + b + c + d + e;',
  'export const anything = (x: any) => x;',
];

let reported: Message[];

/** The linter reads a file that the project knows, with our text in place of its own. */
beforeAll(async () => {
  const rulesFile = readdirSync('libs', { recursive: true, encoding: 'utf8' }).find(
    (file) => /^[^/]+\/rules\/[^/]+\.ts$/.test(file) && !file.endsWith('.spec.ts'),
  );
  const script = `const { ESLint } = await import(process.argv[1]);
    const [{ messages }] = await new ESLint().lintText(process.argv[3], { filePath: process.argv[2] });
    console.log(JSON.stringify(messages));`;
  const eslint = pathToFileURL(path.resolve('node_modules/eslint/lib/api.js')).href;
  const args = ['--input-type=module', '-e', script, eslint, path.join('libs', rulesFile!), PLANTED.join('\n')];
  // In a single run, which CI suggests to it, the parser would read the file from the disk and not our text.
  const env = { ...process.env, TSESTREE_SINGLE_RUN: 'false' };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  reported = JSON.parse(stdout) as Message[];
});

it.each(PLANTED.map((text, index) => [text, index + 1] as const))('in rules the linter refuses: %s', (_, line) => {
  expect(reported.filter((message) => message.line === line)).not.toEqual([]);
});

it('and nothing that is pure', () => {
  expect(reported.filter(({ line }) => line > PLANTED.length)).toEqual([]);
});
