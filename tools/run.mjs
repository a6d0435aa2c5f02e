/** Runs a compiled tool: `node tools/run.mjs tools/evaluate/main figures file`. Builds first when a source is newer than the build. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildServer } from './set-up/install.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [tool, ...args] = process.argv.slice(2);
if (process.env.HUIYING_NO_BUILD !== '1') {
  // What a tool prints is for whoever reads its output; the build speaks on standard error.
  const { log } = console;
  console.log = console.error;
  try {
    await buildServer();
  } catch (error) {
    if (error.cause !== undefined) console.error(error.cause);
    console.error(error.message);
    process.exit(1);
  }
  console.log = log;
}
const run = spawnSync(process.execPath, ['--enable-source-maps', path.join(root, 'dist', `${tool}.js`), ...args], {
  stdio: 'inherit',
  cwd: process.cwd(),
});
process.exit(run.status ?? 1);
