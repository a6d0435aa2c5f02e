/** `npm test`: everything that CI checks; `--quick`: the loop of a developer's day; `--only=lint,unit`: some steps. Runs to the end even when a step fails. */
import { buildServer, checkNode, installDependencies } from './set-up/install.mjs';
import { endRunning, seconds, StepError } from './set-up/steps.mjs';
import { STEPS } from './test/plan.mjs';
import { stopServers } from './test/servers.mjs';

const quick = process.argv.includes('--quick');
const only = process.argv
  .find((argument) => argument.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const chosen = STEPS.filter(({ name, named, quick: isQuick }) =>
  only ? only.includes(name) : !named && (!quick || isQuick),
);
let interrupted = false;

async function perform({ name, work }) {
  const from = performance.now();
  console.log(`\n── ${name}`);
  let result;
  try {
    result = await work();
  } catch (error) {
    console.error(error);
    result = { passed: 0, failed: 1 };
  }
  const state = result.skipped ? `skipped: ${result.skipped}` : `${result.passed} passed, ${result.failed} failed`;
  const line = `${name.padEnd(17)} ${seconds(performance.now() - from).padStart(8)}   ${state}`;
  console.log(`── ${line}`);
  return { passed: 0, failed: 0, ...result, line };
}

async function main() {
  checkNode();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      interrupted = true;
      endRunning(signal);
    });
  await installDependencies();
  if (only !== undefined && !only.includes('types')) await buildServer().catch((error) => console.error(error.message));
  const results = [];
  for (const step of chosen) if (!interrupted) results.push(await perform(step));
  await stopServers();
  console.log(`\n${results.map(({ line, failed }) => `${failed > 0 ? '✗' : ' '} ${line}`).join('\n')}\n`);
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  if (interrupted) console.log('interrupted; the steps that follow were not run');
  console.log(`${total('passed')} passed, ${total('failed') + (interrupted ? 1 : 0)} failed`);
  process.exit(total('failed') > 0 || interrupted ? 1 : 0);
}

main().catch((error) => {
  if (error instanceof StepError && error.cause !== undefined) console.error(error.cause);
  console.error(error instanceof StepError ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exit(1);
});
