import type { QueryClient } from '@tanstack/react-query';
import type { Socket } from 'socket.io-client';

interface Hint {
  topic: string;
  id: string;
  version?: number;
}

/** Hints that come close together cause one re-read. */
const GATHER_MS = 150;
const BEGIN_AGAIN_MS = 3_000;

/** Listens to hints and re-reads what they may concern. A hint carries no data; losing one costs until the next or 30 s. */
export function listenForHints(queries: QueryClient): () => void {
  let stopped = false;
  let end = () => undefined as void;
  let again: ReturnType<typeof setTimeout> | undefined;
  // The socket is no part of the first page: that is shown while the socket's code is still on its way.
  const begin = () =>
    import('socket.io-client').then(
      ({ io }) => {
        if (stopped) return;
        end = follow(io('/live', { transports: ['websocket', 'polling'], withCredentials: true }), queries);
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

function follow(socket: Socket, queries: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const incidents = new Set<string>();
  const flush = () => {
    timer = undefined;
    for (const id of incidents) void queries.invalidateQueries({ queryKey: ['incident', id] });
    incidents.clear();
    void queries.invalidateQueries({ queryKey: ['live'] });
  };
  const gather = () => {
    timer ??= setTimeout(flush, GATHER_MS);
  };
  socket.on('hint', (hint: Hint) => {
    if (hint.topic === 'incident') incidents.add(hint.id);
    gather();
  });
  socket.on('connect', () => {
    window.dispatchEvent(new Event('huiying:reconnected'));
    // Whatever happened while we were away is read again.
    void queries.invalidateQueries();
  });
  // A server that goes away before the first connection is made is just as far away.
  socket.on('connect_error', () => window.dispatchEvent(new Event('huiying:disconnected')));
  socket.on('disconnect', (reason) => {
    window.dispatchEvent(new Event('huiying:disconnected'));
    if (reason === 'io server disconnect') void askAgain(socket);
  });
  return () => {
    if (timer !== undefined) clearTimeout(timer);
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
