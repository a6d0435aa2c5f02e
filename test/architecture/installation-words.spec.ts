import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { NOTICE_CHANNELS } from '#notification/contract.js';
import { WAKE_QUEUES } from '#platform/queue/wake-ups.js';
import { CHECKS } from '../../apps/auditor/checks.js';
import { zhCN } from '../../apps/web/i18n/zh-CN.js';

const APPS = path.resolve(import.meta.dirname, '../../apps');
/** The client, and the process that starts the others. */
const NO_PARTS = ['web', 'standalone'];

test('every process and every queue has a word for the administrator', () => {
  const processes = readdirSync(APPS).filter((name) => !NO_PARTS.includes(name));
  expect(processes.length).toBeGreaterThan(5);
  const words = zhCN.installation.parts;
  expect([...processes, ...WAKE_QUEUES].filter((name) => !(name in words))).toEqual([]);
});

test('every check of the auditor has a word', () => {
  const words = zhCN.installation.checks;
  expect(CHECKS.map(({ name }) => name).filter((name) => !(name in words))).toEqual([]);
});

test('every channel of notices has a word', () => {
  const words = zhCN.noticeChannels.kinds;
  expect(NOTICE_CHANNELS.map(({ kind }) => kind).filter((kind) => !(kind in words))).toEqual([]);
});
