/** Dependencies and builds: made when they are missing or older than what they are made of. */
import { existsSync, lstatSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { root, run, StepError, timed } from './steps.mjs';

const OLDEST_NODE = [20, 19];
const at = (...parts) => path.join(root, ...parts);
const changedAt = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);
const tail = (output) => output.trim().split('\n').slice(-15).join('\n');

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    throw new StepError(`Node.js ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}`);
}

/**
 * One connection of a registry that falls silent would hold npm for its five minutes and then fail the whole installation: the
 * wait is a minute, and what was fetched before the failure is in npm's cache for the next attempt. `--loglevel`: under
 * `npm test --silent` npm would not say why it failed.
 */
const INSTALL = ['ci', '--include=dev', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
const PATIENCE = ['--fetch-timeout=60000', '--fetch-retries=4', '--fetch-retry-maxtimeout=20000'];
const ATTEMPTS = 3;

async function install(program, first, attempt = 1) {
  const result = await run(program, [...first, ...INSTALL, ...PATIENCE], { quiet: true });
  if (result.code === 0 || attempt === ATTEMPTS) return result;
  console.log(`  npm ci failed (attempt ${attempt} of ${ATTEMPTS}), once more:\n${tail(result.output)}`);
  return install(program, first, attempt + 1);
}

/** `npm ci` when node_modules is missing or older than the lock file. */
export async function installDependencies() {
  // A link was laid by somebody who shares one installation between checkouts; npm ci would empty what it points to.
  if (lstatSync(at('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const mark = at('node_modules/.package-lock.json');
  if (changedAt(mark) >= changedAt(at('package-lock.json'))) return;
  const npm = process.env.npm_execpath;
  const [program, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { code, output } = await timed('dependencies installed', () => install(program, first));
  if (code !== 0)
    throw new StepError(`npm ci failed; see above. Is the npm registry within reach?`, { cause: tail(output) });
  // npm keeps the time of the lock file's entry; without this a checkout in the future would install at every start.
  const now = new Date();
  utimesSync(mark, now, now);
}

/** The newest change below some paths, of the files that are compiled. */
function newest(paths, compiled = () => true) {
  let latest = 0;
  const visit = (file) => {
    if (!existsSync(file)) return;
    const stat = statSync(file);
    if (!stat.isDirectory()) latest = compiled(file) ? Math.max(latest, stat.mtimeMs) : latest;
    else for (const name of readdirSync(file)) if (name !== 'node_modules') visit(path.join(file, name));
  };
  for (const file of paths) visit(at(file));
  return latest;
}

const SERVER_SOURCES = ['apps', 'libs', 'migrations', 'tools', 'tsconfig.json', 'package-lock.json'];

/** Compiles the server when a source is newer than the last build. */
export async function buildServer() {
  const mark = at('dist/.tsbuildinfo');
  if (
    existsSync(at('dist/apps/standalone/main.js')) &&
    changedAt(mark) >= newest(SERVER_SOURCES, (file) => /(?<!\.spec)\.(ts|json)$/.test(file))
  )
    return;
  const tsc = at('node_modules/typescript/bin/tsc');
  const { code, output } = await timed('server built', () => run(process.execPath, [tsc, '-p', root], { quiet: true }));
  if (code !== 0) {
    rmSync(mark, { force: true });
    throw new StepError('the server does not compile; see above', { cause: tail(output) });
  }
  const now = new Date();
  if (existsSync(mark)) utimesSync(mark, now, now);
}

/** Builds the web client when there is one and a source of it is newer than the last build. */
export async function buildWeb() {
  if (!existsSync(at('apps/web/index.html'))) return;
  const built = ['dist/web/index.html', 'dist/apps/web/index.html', 'apps/web/dist/index.html'].map((file) => at(file));
  if (Math.max(...built.map(changedAt)) >= newest(['apps/web', 'package-lock.json'])) return;
  const vite = at('node_modules/vite/bin/vite.js');
  const { code, output } = await timed('web client built', () =>
    run(process.execPath, [vite, 'build', 'apps/web', '--logLevel', 'warn'], { quiet: true }),
  );
  if (code !== 0) throw new StepError('the web client does not build; see above', { cause: tail(output) });
}
