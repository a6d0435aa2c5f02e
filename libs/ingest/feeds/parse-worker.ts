import { parentPort } from 'node:worker_threads';
import { readFeed } from './read-feed.js';
import type { ParseRequest } from './parse-pool.js';

/** The other side of `ParsePool`: one document at a time, the answer under the number of the request. */
parentPort?.on('message', async ({ id, bytes, context }: ParseRequest) => {
  parentPort?.postMessage({ id, document: await readFeed(bytes, context) });
});
