import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

interface Violation {
  rule: { name: string };
  from: string;
}

/** One offence each: who, what he imports, and the rule that must turn red. */
const PLANTED: [rule: string, from: string, imports: string][] = [
  ['ingest-looks-left-only', 'libs/ingest/early.ts', '#triage/contract.js'],
  ['triage-looks-left-only', 'libs/triage/early.ts', '#reporting/contract.js'],
  ['clocks-looks-left-only', 'libs/clocks/rules/early.ts', '#escalation/contract.js'],
  ['notification-looks-left-only', 'libs/notification/early.ts', '#reporting/contract.js'],
  ['only-contracts-between-stages', 'libs/response/nosy.ts', '#triage/incidents.store.js'],
  ['only-contracts-between-stages', 'libs/escalation/nosy.ts', '#clocks/rules/due.js'],
  ['wiring-sees-contracts-and-wiring', 'libs/escalation/escalation.module.ts', '#triage/incidents.store.js'],
  ['assignment-looks-left-only', 'libs/assignment/assignment.module.ts', '#reporting/reporting.module.js'],
  ['nothing-below-the-line-looks-up', 'libs/platform/up.ts', '#directory/contract.js'],
  ['beside-the-line-knows-no-stage', 'libs/accounts/side.ts', '#ingest/contract.js'],
  ['kernel-imports-only-packages', 'libs/kernel/up.ts', '#platform/database.js'],
  ['libraries-know-no-app', 'libs/triage/app.ts', '../../apps/api/main.js'],
  ['rules-use-no-framework', 'libs/clocks/rules/framework.ts', '@nestjs/common'],
  ['rules-use-no-framework', 'libs/clocks/rules/query.ts', 'pg'],
  ['rules-do-no-io', 'libs/clocks/rules/file.ts', 'node:fs'],
  ['rules-see-facts-only', 'libs/clocks/rules/database.ts', '#platform/database.js'],
  ['rules-see-facts-only', 'libs/triage/rules/own-store.ts', '../incidents.store.js'],
  ['apps-stand-alone', 'apps/clocks/main.ts', '../api/main.js'],
  ['web-knows-the-interface-only', 'apps/web/page.ts', '../../libs/kernel/time.js'],
  ['no-cycles', 'libs/reporting/one.ts', './other.js'],
  ['no-development-package-in-the-product', 'libs/reporting/dev.ts', 'prettier'],
];
/** What is allowed, and must stay green beside them. */
const ALLOWED: [from: string, imports: string][] = [
  ['libs/clocks/contract.ts', '#triage/contract.js'],
  ['libs/clocks/rules/due.ts', '#kernel/time.js'],
  ['libs/clocks/clocks.store.ts', '#platform/database.js'],
  ['libs/clocks/clocks.service.ts', '#directory/contract.js'],
  ['libs/clocks/rules/due.spec.ts', '@jest/globals'],
  ['libs/reporting/contract.ts', '#escalation/contract.js'],
  ['apps/api/main.ts', '#triage/incidents.store.js'],
  ['libs/kernel/time.ts', 'zod'],
  ['libs/clocks/clocks.module.ts', '#triage/triage.module.js'],
];
const TARGETS = [
  ...['ingest', 'triage', 'escalation', 'directory'].map((stage) => `libs/${stage}/contract.ts`),
  'libs/triage/incidents.store.ts',
  'libs/platform/database.ts',
  'libs/triage/triage.module.ts',
  'libs/reporting/reporting.module.ts',
];

const root = path.resolve('.');
let tree: string;
let violations: Violation[];

beforeAll(async () => {
  tree = mkdtempSync(path.join(os.tmpdir(), 'huiying-rules-'));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  };
  for (const file of TARGETS) write(file, 'export {};\n');
  write('libs/reporting/other.ts', `export * from './one.js';\n`);
  for (const [from, imports] of [...PLANTED.map(([, ...edge]) => edge), ...ALLOWED])
    write(from, `import * as it from '${imports}';\nexport const used = it;\n`);
  for (const file of ['package.json', 'tsconfig.json']) symlinkSync(path.join(root, file), path.join(tree, file));
  symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));
  violations = await cruise();
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

function cruise(): Promise<Violation[]> {
  const depcruise = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [
    depcruise,
    '--config',
    path.join(root, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
    'libs',
    'apps',
  ];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: tree, maxBuffer: 1 << 26 }, (_, stdout, stderr) => {
      if (!stdout.startsWith('{')) return reject(new Error(stderr));
      resolve((JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations);
    });
  });
}

const rulesBrokenBy = (file: string): string[] =>
  violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

describe('an import against the order of the line turns red', () => {
  it.each(PLANTED)('%s: %s imports %s', (rule, from) => {
    expect(rulesBrokenBy(from)).toContain(rule);
  });
});

describe('an import along the order of the line is let through', () => {
  it.each(ALLOWED)('%s imports %s', (from) => {
    expect(rulesBrokenBy(from)).toEqual([]);
  });
});
