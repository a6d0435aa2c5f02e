/** Runs a compiled tool: `node tools/run.mjs tools/evaluate/main figures file`. Builds first when the sources are newer than the build. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [tool, ...args] = process.argv.slice(2);
const compiled = path.join(root, 'dist', `${tool}.js`);
const sharesBuild = process.env.HUIYING_NO_BUILD === '1' && existsSync(compiled);
if (!sharesBuild) {
  const build = spawnSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', root], {
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) process.exit(build.status ?? 1);
}
const run = spawnSync(process.execPath, ['--enable-source-maps', compiled, ...args], {
  stdio: 'inherit',
  cwd: process.cwd(),
});
process.exit(run.status ?? 1);
