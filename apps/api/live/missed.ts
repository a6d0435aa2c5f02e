import type { Database } from '#platform/database/database.js';
import { addressed, type AddressedHint, type Hint, latest, rowsAfter, TAIL_SCOPE } from './hints.js';
import type { Position } from './position.js';

/** Entries that are looked through for one client that comes back, and hints that it is given, before it reads all again. */
const MAX_ENTRIES = 1_000;
const MAX_HINTS = 200;

/** What a client is told when it connects: where it stands now, and what changed while it was away. */
export interface Welcome extends Position {
  missed: Hint[] | 'everything';
}

/** Who comes back: what it is allowed now, and the rooms that it stands in. */
export interface Returning {
  since: Position | undefined;
  standing: string;
  rooms: ReadonlySet<string>;
}

/**
 * The hints since a position for the rooms of now. Everything is to be read again by who names no position, one that this
 * ledger never reached (a restored database), one too long ago, or one from before its duties changed.
 */
export async function welcome(database: Database, { since, standing, rooms }: Returning): Promise<Welcome> {
  return database.inScope(TAIL_SCOPE, async (tx) => {
    const row = await tx.one<{ seq: string | null }>('SELECT max(seq) AS seq FROM ledger_seals');
    const seq = Number(row?.seq ?? 0);
    if (since === undefined || since.standing !== standing || since.seq > seq || seq - since.seq > MAX_ENTRIES)
      return { seq, standing, missed: 'everything' };
    // What is sealed between the two statements comes again as a hint; twice costs a re-read, never is a loss.
    const rows = since.seq === seq ? [] : await rowsAfter(tx, since.seq, MAX_ENTRIES);
    const missed = latest(rows.flatMap(addressed).filter((hint) => mayHear(hint, rooms))).map(({ hint }) => hint);
    return { seq, standing, missed: missed.length > MAX_HINTS ? 'everything' : missed };
  });
}

const mayHear = ({ rooms }: AddressedHint, own: ReadonlySet<string>): boolean => rooms.some((room) => own.has(room));
