import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { type Namespace, Server, type Socket } from 'socket.io';
import { hashSecret } from '#accounts/secrets.js';
import type { Session, SessionsService } from '#accounts/sessions.service.js';
import type { Database } from '#platform/database/database.js';
import type { Cookies } from '../http/cookies.js';
import type { Metrics } from '../http/metrics.js';
import type { Origins } from '../http/origin.js';
import { HintTail, latest } from './hints.js';
import { welcome, type Welcome } from './missed.js';
import { type LivePosition, type Position, positionSchema, standingOf } from './position.js';
import { LivePresence } from './presence.js';
import { roomsOf } from './rooms.js';

export interface LiveParts {
  database: Database;
  sessions: SessionsService;
  cookies: Cookies;
  origins: Origins;
  metrics: Metrics;
  position: LivePosition;
  log: Logger;
}

const TAIL_EVERY_MS = 250;
/** A revoked session and a duty that ran out are out of the rooms within this time, whatever the ledger says. */
const REVIEW_EVERY_MS = 2_000;
/** A client whom nothing concerns is told how far the ledger is, so that it has little to catch up with. */
const POSITION_EVERY_MS = 15_000;
/** How soon a page hears that somebody came or went. */
const PRESENCE_EVERY_MS = 500;
const PRESENCE_BEAT_MS = 10_000;
/** A page whose line died without a word is gone within the sum. */
const PING_EVERY_MS = 8_000;
const PING_PATIENCE_MS = 8_000;
const MAX_SOCKETS_A_SESSION = 20;
const MAX_MESSAGE_BYTES = 1_024;
/** A client that lets more wait is cut: it connects anew and reads what it shows. */
const MAX_WAITING = 1_000;

/** Live hints at `/live`: the session decides who connects, the server decides the rooms, the client listens, and says which incident it shows. */
export class LiveGateway {
  private readonly io: Server;
  private readonly live: Namespace;
  private readonly tail: HintTail;
  readonly presence: LivePresence;
  private stopped = false;
  private told = 0;
  private readonly loops: Promise<void>[] = [];
  private readonly waking = new Set<() => void>();
  /** Packets that a client has not begun to take. */
  private readonly waiting = new WeakMap<Socket, number>();

  constructor(
    server: HttpServer,
    private readonly parts: LiveParts,
  ) {
    this.tail = new HintTail(parts.database);
    this.presence = new LivePresence({
      database: parts.database,
      callerOf: async (socket) =>
        (await parts.sessions.resolveMany([sessionOf(socket)])).get(sessionOf(socket))?.caller,
      failed: (error) => parts.log.warn({ err: error }, 'presence could not be noted'),
    });
    this.io = new Server(server, {
      path: '/socket.io',
      serveClient: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      pingInterval: PING_EVERY_MS,
      pingTimeout: PING_PATIENCE_MS,
      allowRequest: (request, done) => done(null, this.isOwnPage(request)),
    });
    // Nothing lives in the root namespace.
    this.io.use((_socket, next) => next(new Error('nothing is here')));
    this.live = this.io.of('/live');
    this.live.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        () => next(new Error('UNAUTHENTICATED')),
      );
    });
    this.live.on('connection', (socket) => {
      parts.metrics.sockets.inc();
      const { conn } = socket;
      conn.on('packetCreate', () => this.waiting.set(socket, (this.waiting.get(socket) ?? 0) + 1));
      conn.on('flush', () => this.waiting.delete(socket));
      socket.on('disconnect', () => parts.metrics.sockets.dec());
      this.presence.follow(socket);
      // It stands in its rooms already: what is sealed from here on reaches it by itself.
      void this.greet(socket, sinceOf(socket));
    });
  }

  /** Follows the ledger and reviews the sockets until `stop`. */
  async start(): Promise<void> {
    await this.tail.begin();
    this.parts.position.seq = this.tail.seq;
    this.loops.push(
      this.every(TAIL_EVERY_MS, () => this.passOn()),
      this.every(REVIEW_EVERY_MS, () => this.review()),
      this.every(POSITION_EVERY_MS, () => this.tellPosition()),
      this.every(PRESENCE_EVERY_MS, () => this.presence.tell()),
      this.every(PRESENCE_BEAT_MS, () => this.presence.beat()),
    );
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const wake of this.waking) wake();
    await Promise.all(this.loops);
    await this.presence.stop();
    this.live.disconnectSockets(true);
    await this.io.close();
  }

  /** Sends the hints of what was sealed since the last time. */
  async passOn(): Promise<void> {
    const hints = await this.tail.next();
    if (hints.some((hint) => hint.userId !== undefined)) await this.review();
    for (const { hint, rooms } of latest(hints)) {
      this.parts.metrics.hints.inc();
      // Not volatile: that drops the second hint of one moment for everybody, because the first one is still being written.
      this.live.to(rooms).emit('hint', hint);
    }
    // Not before they are on their way: a position says that everything up to it was told.
    this.parts.position.seq = this.tail.seq;
  }

  /** Tells everybody how far the hints have come, when they have come further. */
  tellPosition(): Promise<void> {
    const { seq } = this.parts.position;
    if (seq !== this.told) this.live.emit('position', { seq });
    this.told = seq;
    return Promise.resolve();
  }

  /** Puts every socket into the rooms that its session allows now; cuts those whose session is no more, and those that take nothing. */
  async review(): Promise<void> {
    const sockets = [...this.live.sockets.values()];
    const sessions = await this.parts.sessions.resolveMany([...new Set(sockets.map((socket) => sessionOf(socket)))]);
    for (const socket of sockets) {
      const session = sessions.get(sessionOf(socket));
      if (session === undefined || (this.waiting.get(socket) ?? 0) > MAX_WAITING) socket.disconnect(true);
      else this.place(socket, session);
    }
  }

  private isOwnPage(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    return origin !== undefined && this.parts.origins.isOwn(origin, host);
  }

  private async admit(socket: Socket): Promise<void> {
    const sessionId = this.parts.cookies.read(socket.handshake.headers.cookie, 'session');
    const idHash = sessionId === undefined ? '' : hashSecret(sessionId);
    const session = (await this.parts.sessions.resolveMany(idHash === '' ? [] : [idHash])).get(idHash);
    const open = [...this.live.sockets.values()].filter((other) => sessionOf(other) === idHash).length;
    if (session === undefined || open >= MAX_SOCKETS_A_SESSION) throw new Error('refused');
    dataOf(socket).idHash = idHash;
    this.place(socket, session);
  }

  /** Tells a socket where it stands and what it missed; when that can't be told, everything. */
  private async greet(socket: Socket, since: Position | undefined): Promise<void> {
    const { database, position, log } = this.parts;
    const standing = dataOf(socket).standing ?? '';
    const told = await welcome(database, { since, standing, rooms: socket.rooms }).catch((error: unknown): Welcome => {
      log.warn({ err: error }, 'what a client missed could not be read');
      return { seq: position.seq, standing, missed: 'everything' };
    });
    socket.emit('welcome', told);
  }

  private place(socket: Socket, session: Session): void {
    const rooms = new Set(roomsOf(session.caller));
    for (const room of socket.rooms) if (room !== socket.id && !rooms.has(room)) void socket.leave(room);
    void socket.join([...rooms]);
    const standing = standingOf(session.caller);
    const before = dataOf(socket).standing;
    dataOf(socket).standing = standing;
    // Somebody whose duties changed sees other things from now on.
    if (before === undefined || before === standing) return;
    this.presence.review(socket);
    void this.greet(socket, undefined);
  }

  /** A loop that outlives its failures: a database that is away for a moment costs hints, not the process. */
  private async every(milliseconds: number, work: () => Promise<void>): Promise<void> {
    while (!this.stopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, milliseconds);
        const { waking } = this;
        function done(): void {
          clearTimeout(timer);
          waking.delete(done);
          resolve();
        }
        waking.add(done);
      });
      if (!this.stopped)
        await work().catch((error: unknown) => this.parts.log.warn({ err: error }, 'live hints are behind'));
    }
  }
}

const dataOf = (socket: Socket): { idHash?: string; standing?: string } => socket.data as { idHash?: string };
const sessionOf = (socket: Socket): string => dataOf(socket).idHash ?? '';

/** The position that a client names when it connects; whatever else stands there is no position. */
const sinceOf = (socket: Socket): Position | undefined =>
  positionSchema.safeParse((socket.handshake.auth as { since?: unknown }).since).data;
