import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What a proxy does with a piece that a client sends: `cut` drops the connection before it, `cutAnswer` before the answer to it. */
export type Verdict = 'pass' | 'cut' | 'cutAnswer';

/** A TCP proxy on loopback that makes the network as bad as a test wants it. */
export interface FaultProxy {
  /** The same address through the proxy. */
  through(url: string): string;
  /** Connections are taken and stay open, but nothing passes until `release`, as when packets are dropped. */
  hold(): void;
  release(): void;
  /** The connections of this moment never carry a byte again and never end, as when a firewall forgot them; new ones are well. */
  forget(): void;
  /** Resets every connection. */
  reset(): void;
  /** Judges what clients send; undefined lets everything pass. */
  judge: ((sent: Buffer) => Verdict) | undefined;
  close(): Promise<void>;
}

interface Pair {
  client: Socket;
  server: Socket;
}

export async function startProxy(target: string): Promise<FaultProxy> {
  const to = new URL(target);
  const pairs = new Set<Pair>();
  let held = false;

  const proxy: FaultProxy = {
    through: (url) => {
      const result = new URL(url);
      result.hostname = '127.0.0.1';
      result.port = String((server.address() as AddressInfo).port);
      return result.toString();
    },
    hold: () => {
      held = true;
      for (const pair of pairs) both(pair, (socket) => socket.pause());
    },
    release: () => {
      held = false;
      for (const pair of pairs) both(pair, (socket) => socket.resume());
    },
    forget: () => {
      for (const pair of pairs) {
        both(pair, (socket) => socket.removeAllListeners('data').pause());
        pair.server.destroy();
      }
    },
    reset: () => {
      for (const pair of pairs) both(pair, (socket) => socket.resetAndDestroy());
    },
    judge: undefined,
    close: async () => {
      for (const pair of pairs) both(pair, (socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };

  const server = createServer((client) => {
    const pair: Pair = { client, server: connect(Number(to.port), to.hostname) };
    pairs.add(pair);
    let cutNext = false;
    client.on('data', (piece) => {
      const verdict = proxy.judge?.(piece) ?? 'pass';
      if (verdict === 'cut') return both(pair, (socket) => socket.destroy());
      cutNext ||= verdict === 'cutAnswer';
      pair.server.write(piece);
    });
    pair.server.on('data', (piece) => {
      if (cutNext) return both(pair, (socket) => socket.destroy());
      client.write(piece);
    });
    client.on('close', () => (pairs.delete(pair), pair.server.destroy()));
    const forgotten = () => pair.server.listenerCount('data') === 0;
    pair.server.on('close', () => forgotten() || client.destroy());
    both(pair, (socket) => socket.on('error', () => undefined));
    if (held) both(pair, (socket) => socket.pause());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return proxy;
}

const both = ({ client, server }: Pair, act: (socket: Socket) => unknown): void => {
  act(client);
  act(server);
};
