import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** One process of the product: which app it runs, and what it is told by its environment. */
export interface ChildPlan {
  name: string;
  env: Record<string, string | undefined>;
}

const RESTART_BASE_MS = 500;
const RESTART_MAX_MS = 30_000;
/** A process that lived this long starts anew without waiting. */
const STABLE_MS = 60_000;
const STOP_PATIENCE_MS = 12_000;
const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Starts the processes, waits until each says that it is ready, and starts one that dies again. */
export class Children {
  private readonly running = new Map<string, ChildProcess>();
  private stopping = false;

  constructor(private readonly log: (line: string) => void) {}

  /** Resolves when the process is ready; rejects with its last words when it ends before that. */
  start(plan: ChildPlan, failures = 0): Promise<void> {
    const startedAt = performance.now();
    const child = fork(path.join(dist, 'apps', plan.name, 'main.js'), [], {
      env: { ...process.env, ...plan.env },
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    this.running.set(plan.name, child);
    let lastWords = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(-4_000);
      process.stderr.write(chunk);
    });
    return new Promise((resolve, reject) => {
      let ready = false;
      child.on('message', (message) => {
        if ((message as { ready?: boolean }).ready !== true) return;
        ready = true;
        resolve();
      });
      child.on('exit', (code, signal) => {
        this.running.delete(plan.name);
        if (this.stopping) return;
        if (!ready && failures === 0)
          reject(new Error(lastWords.trim().split('\n')[0] || `${plan.name} ended with ${code ?? signal}`));
        else this.startAgain(plan, performance.now() - startedAt > STABLE_MS ? 1 : failures + 1);
      });
    });
  }

  /** Ends all of them: politely, then not. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(
      [...this.running.values()].map(
        (child) =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) return resolve();
            const force = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
            child.once('exit', () => {
              clearTimeout(force);
              resolve();
            });
            child.kill('SIGTERM');
          }),
      ),
    );
  }

  private startAgain(plan: ChildPlan, failures: number): void {
    const wait = Math.min(RESTART_BASE_MS * 2 ** (failures - 1), RESTART_MAX_MS);
    this.log(`${plan.name} ended unexpectedly; starting it again in ${wait} ms`);
    setTimeout(() => {
      if (!this.stopping) this.start(plan, failures).catch(() => undefined);
    }, wait);
  }
}
