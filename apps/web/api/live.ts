import type { QueryClient } from '@tanstack/react-query';
import type { Socket } from 'socket.io-client';

interface Hint {
  topic: string;
  id: string;
  version?: number;
}

/** Hints that come close together cause one re-read. */
const GATHER_MS = 150;

/** Listens to hints and re-reads what they may concern. A hint carries no data; losing one costs until the next or 30 s. */
export function listenForHints(queries: QueryClient): () => void {
  let stopped = false;
  let end = () => {
    stopped = true;
  };
  // The socket is no part of the first page: that is shown while the socket's code is still on its way.
  void import('socket.io-client').then(({ io }) => {
    if (stopped) return;
    const socket = io('/live', { transports: ['websocket', 'polling'], withCredentials: true });
    end = follow(socket, queries);
  });
  return () => end();
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
