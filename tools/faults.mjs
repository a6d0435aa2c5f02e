/** `npm run faults -- <name>`: one row of the fault matrix, or all of them, with everything that is too long for `npm test` (docs/reliability.md). */
import path from 'node:path';
import { buildServer } from './set-up/install.mjs';
import { root, run } from './set-up/steps.mjs';
import { database, redis, stopServers } from './test/servers.mjs';

const [name = ''] = process.argv.slice(2);
await buildServer();
const env = { NODE_OPTIONS: '--experimental-vm-modules --no-warnings', TZ: 'UTC', FAULTS_ALL: '1' };
for (const [what, ask] of [
  ['PostgreSQL', database],
  ['Redis', redis],
]) {
  const answer = await ask();
  if (answer.lack !== undefined) console.log(`!!!! no ${what}: ${answer.lack}`);
  Object.assign(env, answer.env);
}
// F1 is not F18.
const chosen = name === '' ? [] : ['-t', `\\b${name}\\b`];
const jest = path.join(root, 'node_modules/jest/bin/jest.js');
const { code } = await run(
  process.execPath,
  [jest, '--runInBand', '--verbose', '--testTimeout=600000', '--testPathPatterns', 'test/faults', ...chosen],
  { env },
);
await stopServers();
process.exit(code);
