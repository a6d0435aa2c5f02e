import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it, jest } from '@jest/globals';

jest.setTimeout(180_000);

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
  const args = ['node_modules/eslint/bin/eslint.js', '--format', 'json', '--stdin', '--stdin-filename'];
  reported = await new Promise((resolve, reject) => {
    const eslint = execFile(process.execPath, [...args, path.join('libs', rulesFile!)], (_, stdout, stderr) => {
      if (!stdout.startsWith('[')) return reject(new Error(stderr));
      resolve((JSON.parse(stdout) as { messages: Message[] }[])[0]!.messages);
    });
    eslint.stdin!.end(PLANTED.join('\n'));
  });
});

it.each(PLANTED.map((text, index) => [text, index + 1] as const))('in rules the linter refuses: %s', (_, line) => {
  expect(reported.filter((message) => message.line === line)).not.toEqual([]);
});

it('and nothing that is pure', () => {
  expect(reported.filter(({ line }) => line > PLANTED.length)).toEqual([]);
});
