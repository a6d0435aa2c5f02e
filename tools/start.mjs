/** `npm start`: installs, builds, and runs the product in the foreground. Needs Node only; asks no package manager of the system for anything. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { buildServer, buildWeb, checkNode, installDependencies } from './set-up/install.mjs';
import { endRunning, root, StepError } from './set-up/steps.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

async function main() {
  checkNode();
  let interrupted;
  const interrupt = (signal) => {
    interrupted = signal;
    endRunning(signal);
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  await installDependencies();
  await buildServer();
  await buildWeb();
  if (interrupted !== undefined) process.exit(128 + constants.signals[interrupted]);
  for (const signal of SIGNALS) process.off(signal, interrupt);
  serve();
}

/** The product ends by the signal that we get; the terminal sends Ctrl-C to both of us, a process manager to us alone. */
function serve() {
  const main = path.join(root, 'dist/apps/standalone/main.js');
  // The channel tells it when we are gone, even by kill -9. A group of its own, so that one Ctrl-C is one signal to it and it can end its processes in order.
  const product = spawn(process.execPath, ['--enable-source-maps', main], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  for (const signal of SIGNALS) process.on(signal, () => product.kill(signal));
  product.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
}

main().catch((error) => {
  if (error instanceof StepError && error.cause !== undefined) console.error(error.cause);
  console.error(error instanceof StepError ? `Huiying can't start: ${error.message}` : error);
  process.exit(1);
});
