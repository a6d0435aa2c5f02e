import type { QueryClient } from '@tanstack/react-query';
import type { Socket } from 'socket.io-client';
import { carryPresence } from './presence';

interface Hint {
  topic: string;
  id: string;
  /** The number of its entry in the ledger. */
  version: number;
}

interface Position {
  seq: number;
  standing: string;
}

/** What the server says to whoever connects: where it stands, and what changed since the position that the client named. */
interface Welcome extends Position {
  missed: Hint[] | 'everything';
}

/** Hints that come close together cause one re-read. */
const GATHER_MS = 150;
const BEGIN_AGAIN_MS = 3_000;

/**
 * Listens to hints and re-reads what they may concern. A hint carries no data. `since` is the position of the session, which was
 * read before anything else: what changed after it is told at the first connection, as what was missed is at each later one.
 */
export function listenForHints(queries: QueryClient, since: Position): () => void {
  let stopped = false;
  let end = () => undefined as void;
  let again: ReturnType<typeof setTimeout> | undefined;
  // The socket is no part of the first page: that is shown while the socket's code is still on its way.
  const begin = () =>
    import('socket.io-client').then(
      ({ io }) => {
        if (stopped) return;
        const place = { ...since };
        const auth = (answer: (data: object) => void) => answer({ since: place });
        end = follow(
          io('/live', { transports: ['websocket', 'polling'], withCredentials: true, auth }),
          queries,
          place,
        );
      },
      // The server went away before its code was here.
      () => {
        if (stopped) return;
        window.dispatchEvent(new Event('huiying:disconnected'));
        again = setTimeout(() => void begin(), BEGIN_AGAIN_MS);
      },
    );
  void begin();
  return () => {
    stopped = true;
    clearTimeout(again);
    end();
  };
}

/** `place` is where this client stands; it moves on with what is heard, and is named at the next connection. */
function follow(socket: Socket, queries: QueryClient, place: Position): () => void {
  // A hint of now says nothing of those before it until the missed ones are here.
  let caughtUp = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const incidents = new Set<string>();
  const endPresence = carryPresence(socket);
  const flush = () => {
    timer = undefined;
    for (const id of incidents) void queries.invalidateQueries({ queryKey: ['incident', id] });
    incidents.clear();
    void queries.invalidateQueries({ queryKey: ['live'] });
  };
  const gather = () => {
    timer ??= setTimeout(flush, GATHER_MS);
  };
  const hear = ({ topic, id }: Hint) => {
    // Who comes and goes changes nothing else.
    if (topic === 'presence') return void queries.invalidateQueries({ queryKey: ['presence', id] });
    if (topic === 'incident') incidents.add(id);
    gather();
  };
  socket.on('hint', (hint: Hint) => {
    hear(hint);
    // Hints come in order, and one entry may give several.
    if (caughtUp) place.seq = Math.max(place.seq, hint.version - 1);
  });
  socket.on('position', ({ seq }: { seq: number }) => {
    if (caughtUp) place.seq = seq;
  });
  socket.on('welcome', ({ seq, standing, missed }: Welcome) => {
    if (missed === 'everything') void queries.invalidateQueries();
    else missed.forEach(hear);
    Object.assign(place, { seq, standing });
    caughtUp = true;
  });
  socket.on('connect', () => {
    window.dispatchEvent(new Event('huiying:reconnected'));
    // What could not be read while the server was away.
    void queries.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
  });
  // A server that goes away before the first connection is made is just as far away.
  socket.on('connect_error', () => window.dispatchEvent(new Event('huiying:disconnected')));
  socket.on('disconnect', (reason) => {
    caughtUp = false;
    window.dispatchEvent(new Event('huiying:disconnected'));
    if (reason === 'io server disconnect') void askAgain(socket);
  });
  return () => {
    if (timer !== undefined) clearTimeout(timer);
    endPresence();
    socket.off();
    socket.close();
  };
}

/** The server cuts a socket when the session has ended, and when it ends itself: only the first signs anybody out. */
async function askAgain(socket: Socket): Promise<void> {
  const answer = await fetch('/api/v1/session', { cache: 'no-store' }).catch(() => undefined);
  if (answer?.status === 401) window.dispatchEvent(new Event('huiying:signed-out'));
  else socket.connect();
}
