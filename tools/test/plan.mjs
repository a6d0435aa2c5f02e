/** What `npm test` runs, in order. A step answers `{ passed, failed }`, or `{ skipped }` with the reason. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root, run } from '../set-up/steps.mjs';
import { browser, database, redis } from './servers.mjs';

const inCi = process.env.CI === 'true' || process.env.CI === '1';
const bin = (file) => path.join(root, 'node_modules', file);
const at = (...parts) => path.join(root, ...parts);
const node = (file, args, options) => run(process.execPath, [bin(file), ...args], options);
const verdict = ({ code }) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
const together = (results) => ({
  passed: results.reduce((sum, { passed }) => sum + passed, 0),
  failed: results.reduce((sum, { failed }) => sum + failed, 0),
});

const specsBelow = (folder) =>
  existsSync(at(folder)) &&
  readdirSync(at(folder), { recursive: true }).some(
    (name) => /\.spec\.tsx?$/.test(name) && !name.includes('node_modules'),
  );

/** Runs the specs below some folders. `needs` are servers and programs; what is missing is a failure in CI and a loud line elsewhere. */
async function jest(name, folders, { needs = [], args = [] } = {}) {
  const present = folders.filter(specsBelow);
  if (present.length === 0) return { skipped: 'no specs yet' };
  const env = { NODE_OPTIONS: '--experimental-vm-modules --no-warnings', TZ: 'UTC' };
  let lacking = 0;
  for (const { what, ask, partial } of needs) {
    const answer = await ask();
    Object.assign(env, answer.env);
    if (answer.lack === undefined) continue;
    console.log(`  !!!! ${name}: no ${what}: ${answer.lack}`);
    if (!inCi && !partial) return { skipped: `no ${what}` };
    lacking += inCi ? 1 : 0;
  }
  mkdirSync(at('.data/test'), { recursive: true });
  const report = at('.data/test', `${name}.json`);
  rmSync(report, { force: true });
  const patterns = present.map((folder) => `^${root}/${folder}/`.replaceAll(/[.+$()[\]{}|\\]/g, (c) => `\\${c}`));
  const workers = args.includes('--runInBand') ? [] : ['--maxWorkers=2'];
  const options = [...workers, '--json', `--outputFile=${report}`, '--testPathPatterns', ...patterns, ...args];
  const { code } = await node(
    'jest/bin/jest.js',
    ['--ci', '--reporters=default', ...options].filter((o) => o !== ''),
    { env, filter: withoutReport },
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 + lacking };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  // A spec that can't be loaded has no tests to fail.
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites + lacking;
  return { passed: result.numPassedTests, failed: Math.max(failed, code === 0 ? 0 : 1) };
}

/** With --json Jest prints its whole report as one line, which is in the file already. */
const withoutReport = (line) => !line.startsWith('{"numFailedTestSuites"');

async function types() {
  const configs = ['tsconfig.json', 'apps/web/tsconfig.json'].filter((file) => existsSync(at(file)));
  const results = [];
  for (const config of configs) {
    const emit = config === 'tsconfig.json' ? [] : ['--noEmit'];
    results.push(verdict(await node('typescript/bin/tsc', ['-p', config, ...emit])));
  }
  return together(results);
}

/** Files that are generated and kept in the repository: every script `fresh:…` says whether its files are what it would write. */
async function generated() {
  const { scripts } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const names = Object.keys(scripts).filter((name) => name.startsWith('fresh:'));
  if (names.length === 0) return { skipped: 'none yet' };
  const results = [];
  for (const name of names) results.push(verdict(await run('npm', ['run', '--silent', name])));
  return together(results);
}

async function webBuild() {
  if (!existsSync(at('apps/web/index.html'))) return { skipped: 'no web client yet' };
  return verdict(await node('vite/bin/vite.js', ['build', 'apps/web', '--logLevel', 'warn']));
}

const DATABASE = { what: 'PostgreSQL', ask: database };
/** Without Redis the rest of the suite still tells something. */
const REDIS = { what: 'Redis', ask: redis, partial: true };
const BROWSER = { what: 'Chromium', ask: browser };

/** The steps; `quick` are those of a developer's every-day loop. */
export const STEPS = [
  {
    name: 'format',
    quick: true,
    work: async () => verdict(await node('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'])),
  },
  { name: 'types', quick: true, work: types },
  {
    name: 'lint',
    quick: true,
    work: async () => verdict(await node('eslint/bin/eslint.js', ['.', '--max-warnings', '0'])),
  },
  {
    name: 'dependency rules',
    quick: true,
    work: async () => verdict(await run('npm', ['run', '--silent', 'lint:deps'])),
  },
  { name: 'generated files', work: generated },
  { name: 'unit', quick: true, work: () => jest('unit', ['libs', 'apps', 'tools', 'migrations']) },
  { name: 'architecture', work: () => jest('architecture', ['test/architecture']) },
  {
    name: 'integration',
    work: () => jest('integration', ['test/integration', 'test/queue'], { needs: [DATABASE, REDIS] }),
  },
  // F1, F2, F9, F18, F35, F36 and the proof of the rig; the other rows wait by the minute: `npm run faults`.
  {
    name: 'faults',
    work: () => jest('faults', ['test/faults/quick'], { needs: [DATABASE, REDIS], args: ['--runInBand'] }),
  },
  { name: 'web client', work: webBuild },
  { name: 'e2e', work: () => jest('e2e', ['test/e2e'], { needs: [DATABASE, BROWSER], args: ['--runInBand'] }) },
  // Every page of every menu in both modes.
  {
    name: 'pages',
    work: () => jest('pages', ['test/pages'], { needs: [DATABASE, BROWSER], args: ['--runInBand'] }),
  },
];
