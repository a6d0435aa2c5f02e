import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';

export interface LiveSockets {
  /** Begins a connection to `/live` as the page of `origin` with these cookies; it does not come back by itself. */
  begin(cookie: string, options?: Partial<ManagerOptions & SocketOptions>, origin?: string): Socket;
  close(): void;
}

/** Sockets of a suite, as browsers open them. */
export function liveSockets(url: () => string): LiveSockets {
  const open: Socket[] = [];
  return {
    begin: (cookie, options = {}, origin = url()) => {
      const socket = io(`${url()}/live`, {
        transports: ['websocket'],
        extraHeaders: { cookie, origin },
        forceNew: true,
        reconnection: false,
        ...options,
      });
      open.push(socket);
      return socket;
    },
    close: () => open.forEach((socket) => socket.disconnect()),
  };
}
