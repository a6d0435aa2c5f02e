import { afterEach, describe, expect, it } from '@jest/globals';
import { ParsePool } from './parse-pool.js';

/** A thread that answers a document by its first byte: `h` hangs, `c` crashes, anything else is read. */
const script = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, bytes }) => {
      if (bytes[0] === 104) for (;;);
      if (bytes[0] === 99) process.exit(1);
      parentPort.postMessage({ id, document: { kind: 'rss', title: String.fromCharCode(...bytes), encoding: 'utf-8', entries: [], problems: [] } });
    });`)}`,
);

describe('parse pool', () => {
  let pool: ParsePool;
  afterEach(() => pool.close());

  it('ends a document that hangs or crashes and reads the others (F43)', async () => {
    pool = new ParsePool({ threads: 1, deadlineMs: 2000, script });
    const results = await Promise.allSettled(['h', 'a', 'c', 'b'].map((text) => pool.read(Buffer.from(text), {})));
    expect(
      results.map((result) =>
        result.status === 'fulfilled' ? result.value.title : (result.reason as { code: string }).code,
      ),
    ).toEqual(['FEED_PARSE_TIMEOUT', 'a', 'FEED_PARSE_CRASHED', 'b']);
  });
});
