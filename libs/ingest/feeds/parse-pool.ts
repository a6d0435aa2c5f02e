import { Worker } from 'node:worker_threads';
import { DomainError } from '#kernel/error.js';
import type { FeedDocument } from './feed-document.js';
import type { FeedContext } from './read-feed.js';

export interface ParseRequest {
  id: number;
  bytes: Uint8Array;
  context: FeedContext;
}

export interface ParsePoolOptions {
  threads: number;
  /** After this time a document is given up and its thread is ended. */
  deadlineMs: number;
  memoryMb: number;
  /** The script of the threads; only tests give another. */
  script?: URL;
}

/** Judgement: a feed of 8 MB takes well under a second; a tenfold of it is a hang. */
export const PARSE_POOL_DEFAULTS: ParsePoolOptions = { threads: 2, deadlineMs: 10_000, memoryMb: 256 };

interface Waiting {
  request: ParseRequest;
  resolve: (document: FeedDocument) => void;
  reject: (error: Error) => void;
}

interface Thread {
  worker: Worker;
  busy?: { waiting: Waiting; timer: NodeJS.Timeout };
}

/**
 * Reads feeds in threads of their own, so that a document that hangs or takes all memory costs its source one poll and nobody
 * else anything. Rejects with `FEED_PARSE_TIMEOUT` or `FEED_PARSE_CRASHED` (422).
 */
export class ParsePool {
  private readonly options: ParsePoolOptions;
  private readonly threads: Thread[] = [];
  private readonly queue: Waiting[] = [];
  private nextId = 1;
  private closed = false;

  constructor(options: Partial<ParsePoolOptions> = {}) {
    this.options = { ...PARSE_POOL_DEFAULTS, ...options };
  }

  read(bytes: Uint8Array, context: FeedContext): Promise<FeedDocument> {
    if (this.closed) return Promise.reject(new DomainError('FEED_PARSE_CLOSED', 503, 'the parse pool is closed'));
    return new Promise((resolve, reject) => {
      this.queue.push({ request: { id: this.nextId++, bytes, context }, resolve, reject });
      this.dispatch();
    });
  }

  /** Ends all threads; documents that still wait are refused. */
  async close(): Promise<void> {
    this.closed = true;
    for (const waiting of this.queue.splice(0))
      waiting.reject(new DomainError('FEED_PARSE_CLOSED', 503, 'the parse pool is closed'));
    await Promise.all(this.threads.splice(0).map((thread) => thread.worker.terminate()));
  }

  private dispatch(): void {
    while (this.queue.length > 0) {
      const thread = this.threads.find((candidate) => candidate.busy === undefined) ?? this.start();
      if (thread === undefined) return;
      const waiting = this.queue.shift() as Waiting;
      const timer = setTimeout(
        () => this.end(thread, 'FEED_PARSE_TIMEOUT', 'the document took too long to read'),
        this.options.deadlineMs,
      );
      thread.busy = { waiting, timer };
      thread.worker.ref();
      thread.worker.postMessage(waiting.request);
    }
  }

  private start(): Thread | undefined {
    if (this.threads.length >= this.options.threads) return undefined;
    const script = this.options.script ?? new URL('./parse-worker.js', import.meta.url);
    const worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: this.options.memoryMb } });
    const thread: Thread = { worker };
    worker.on('message', (answer: { id: number; document: FeedDocument }) => {
      const { busy } = thread;
      if (busy?.waiting.request.id !== answer.id) return;
      this.release(thread);
      busy.waiting.resolve(answer.document);
      this.dispatch();
    });
    worker.on('error', (error) =>
      this.end(thread, 'FEED_PARSE_CRASHED', `reading the document failed: ${error.message}`),
    );
    worker.on('exit', () => this.end(thread, 'FEED_PARSE_CRASHED', 'the thread that read the document ended'));
    worker.unref();
    this.threads.push(thread);
    return thread;
  }

  private release(thread: Thread): void {
    clearTimeout(thread.busy?.timer);
    thread.busy = undefined;
    thread.worker.unref();
  }

  private end(thread: Thread, code: string, message: string): void {
    const place = this.threads.indexOf(thread);
    if (place >= 0) this.threads.splice(place, 1);
    const waiting = thread.busy?.waiting;
    this.release(thread);
    void thread.worker.terminate();
    waiting?.reject(new DomainError(code, 422, message));
    if (!this.closed) this.dispatch();
  }
}
