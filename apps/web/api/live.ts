import type { QueryClient } from '@tanstack/react-query';
import type { Socket } from 'socket.io-client';
import { whenIdle } from '../shell/use-idle';

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
  let away = false;
  let end = () => undefined as void;
  let again: ReturnType<typeof setTimeout> | undefined;
  // The socket is no part of the first page: that is shown while the socket's code is still on its way.
  const begin = () =>
    import('socket.io-client').then(
      ({ io }) => {
        if (stopped) return;
        end = follow(io('/live', { transports: ['websocket', 'polling'], withCredentials: true }), queries, away);
      },
      // The server went away before its code was here.
      () => {
        if (stopped) return;
        away = true;
        window.dispatchEvent(new Event('huiying:disconnected'));
        again = setTimeout(() => void begin(), BEGIN_AGAIN_MS);
      },
    );
  const callOff = whenIdle(() => void begin());
  return () => {
    stopped = true;
    callOff();
    clearTimeout(again);
    end();
  };
}

/** `wasAway`: whether it was said already that the server can't be reached. */
function follow(socket: Socket, queries: QueryClient, wasAway: boolean): () => void {
  let away = wasAway;
  let callOff = () => undefined as void;
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
    if (!away) {
      // The page has just been read: only what may have changed meanwhile is read again, and not before there is time.
      callOff = whenIdle(
        () =>
          void queries.invalidateQueries({
            predicate: ({ queryKey }) => queryKey[0] === 'live' || queryKey[0] === 'incident',
          }),
      );
      return;
    }
    away = false;
    window.dispatchEvent(new Event('huiying:reconnected'));
    // Whatever happened while we were away is read again.
    void queries.invalidateQueries();
  });
  const gone = () => {
    away = true;
    window.dispatchEvent(new Event('huiying:disconnected'));
  };
  // A server that goes away before the first connection is made is just as far away.
  socket.on('connect_error', gone);
  socket.on('disconnect', (reason) => {
    gone();
    if (reason === 'io server disconnect') void askAgain(socket);
  });
  return () => {
    if (timer !== undefined) clearTimeout(timer);
    callOff();
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
