/** Loaded before a process of the product: a little after its start its event loop is blocked for BLOCK_MS, again and again. */
const blockMs = Number(process.env.BLOCK_MS);
const PAUSE_MS = 3_000;
const cell = new Int32Array(new SharedArrayBuffer(4));
setInterval(() => Atomics.wait(cell, 0, 0, blockMs), blockMs + PAUSE_MS).unref();
