/**
 * Loaded before each process of a demonstration that is pictured: the time is START until the file BEGUN is there, then runs for
 * RUN_MS and stands. The database is told the same (demonstration.mjs); timers run on.
 */
import { existsSync, readFileSync } from 'node:fs';

const start = Number(process.env.STANDING_CLOCK_START);
const runMs = Number(process.env.STANDING_CLOCK_RUN_MS);
const file = process.env.STANDING_CLOCK_BEGUN;
const RealDate = Date;
let begun;

function now() {
  if (begun === undefined && existsSync(file)) begun = Number(readFileSync(file, 'utf8'));
  return begun === undefined ? start : start + Math.min(Math.max(0, RealDate.now() - begun), runMs);
}

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(now());
    else super(...parts);
  }

  static now() {
    return now();
  }
};
