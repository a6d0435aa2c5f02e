/** Running one step of a command: its name, its duration, a sign of life every 15 s. Plain Node: used before anything is installed. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const HEARTBEAT_MS = 15_000;
const running = new Set();

/** What a person at the terminal can act on: one line, no stack. */
export class StepError extends Error {}

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Runs the work and says how long it took. */
export async function timed(name, work) {
  const from = performance.now();
  const heartbeat = setInterval(
    () => console.log(`  … ${seconds(performance.now() - from)}: not yet: ${name}`),
    HEARTBEAT_MS,
  );
  try {
    const result = await work();
    console.log(`  ${name} (${seconds(performance.now() - from)})`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Runs a program to its end: `{ code, output }`. Its output is shown at once unless `quiet`. A program that can't be started
 * ends with code 127.
 */
export function run(program, args, { env = {}, cwd = root, quiet = false, timeoutMs, filter } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const deadline = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk;
        if (quiet) return;
        const text = chunk.toString();
        process.stdout.write(filter === undefined ? text : text.split('\n').filter(filter).join('\n'));
      });
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code, signal) => {
      clearTimeout(deadline);
      running.delete(child);
      resolve({ code: code ?? 1, output: signal === null ? output : `${output}ended by ${signal}\n` });
    });
  });
}

/** Ends what is still running, for Ctrl-C. */
export function endRunning(signal) {
  for (const child of running) child.kill(signal);
}
