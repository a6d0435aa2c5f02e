import type { Socket } from 'socket.io';
import { z } from 'zod';
import type { Caller } from '#accounts/contract.js';
import { callerFor } from '#accounts/caller.js';
import type { Database } from '#platform/database/database.js';
import { TAIL_SCOPE } from './hints.js';
import {
  deletePresences,
  deleteStalePresences,
  type Doing,
  DOINGS,
  gatheringsAt,
  mayBeAt,
  type Presence,
  savePresences,
} from './presence.store.js';
import { audienceOf } from './rooms.js';

/** What a page says of itself: which incident it shows and whether something is written there; null when it shows none. */
const wishSchema = z.strictObject({ incidentId: z.uuid(), doing: z.enum(DOINGS) }).nullable();
type Wish = z.infer<typeof wishSchema>;

interface Page {
  socket: Socket;
  /** The latest wish that is not carried out yet. */
  wish?: Wish;
  busy: boolean;
  at?: Presence;
  /** Where it was and who was there when it was last told. */
  told?: string;
}

export interface PresenceParts {
  database: Database;
  /** Who the socket's session lets call now; undefined when it has ended. */
  callerOf(socket: Socket): Promise<Caller | undefined>;
  failed(error: unknown): void;
}

/**
 * Who has which incident open. Each process writes down the pages of its own sockets and looks at those of all: that is how the
 * processes know of each other, as with hints. A change is told as a hint to the pages at the same incident; who it is they read.
 */
export class LivePresence {
  private readonly pages = new Map<string, Page>();

  constructor(private readonly parts: PresenceParts) {}

  /** Listens to what a page says of itself, and forgets the page with its socket. */
  follow(socket: Socket): void {
    const page: Page = { socket, busy: false };
    this.pages.set(socket.id, page);
    socket.on('presence', (said: unknown) => {
      const wish = wishSchema.safeParse(said);
      if (wish.success) void this.want(page, wish.data);
    });
    socket.on('disconnect', () => {
      this.pages.delete(socket.id);
      void this.want(page, null);
    });
  }

  /** Looks again whether a page may be where it is: its session or duties have changed. */
  review(socket: Socket): void {
    const page = this.pages.get(socket.id);
    if (page?.at !== undefined && page.wish === undefined)
      void this.want(page, { incidentId: page.at.incidentId, doing: page.at.doing });
  }

  /** Says again that the pages of this process are open. */
  async beat(): Promise<void> {
    const open = [...this.pages.values()].flatMap(({ at }) => at ?? []);
    await this.parts.database.inScope(TAIL_SCOPE, async (tx) => {
      await savePresences(tx, open);
      await deleteStalePresences(tx);
    });
    // One that left meanwhile must not come back by this.
    const gone = open.filter((one) => this.pages.get(one.socketId)?.at !== one).map(({ socketId }) => socketId);
    const back = gone.flatMap((id) => this.pages.get(id)?.at ?? []);
    if (gone.length > 0)
      await this.parts.database.inScope(TAIL_SCOPE, async (tx) => {
        await deletePresences(tx, gone);
        await savePresences(tx, back);
      });
  }

  /** Hints at each incident where somebody came, went or does something else, to the pages that are there and may be. */
  async tell(): Promise<void> {
    const here = this.byIncident();
    if (here.size === 0) return;
    const gatherings = await this.parts.database.inScope(TAIL_SCOPE, (tx) => gatheringsAt(tx, [...here.keys()]));
    for (const { incidentId, jurisdiction, bodyIds, who } of gatherings) {
      const audience = audienceOf('case', jurisdiction, bodyIds);
      for (const page of here.get(incidentId)!)
        if (!audience.some((room) => page.socket.rooms.has(room))) void this.want(page, null);
        else if (page.at?.incidentId === incidentId && page.told !== `${incidentId} ${who}`) {
          page.told = `${incidentId} ${who}`;
          page.socket.emit('hint', { topic: 'presence', id: incidentId, version: 0 });
        }
    }
  }

  /** Leaves everywhere: the process ends. */
  async stop(): Promise<void> {
    const ids = [...this.pages.keys()];
    for (const page of this.pages.values()) delete page.at;
    this.pages.clear();
    await this.parts.database.inScope(TAIL_SCOPE, (tx) => deletePresences(tx, ids)).catch(this.parts.failed);
  }

  private byIncident(): Map<string, Page[]> {
    const here = new Map<string, Page[]>();
    for (const page of this.pages.values())
      if (page.at !== undefined) here.set(page.at.incidentId, [...(here.get(page.at.incidentId) ?? []), page]);
    return here;
  }

  /** One after the other, and of many only the last: a page can't make more work than it waits for. */
  private async want(page: Page, wish: Wish): Promise<void> {
    page.wish = wish;
    if (page.busy) return;
    page.busy = true;
    try {
      while (page.wish !== undefined) {
        const next = page.wish;
        delete page.wish;
        await this.carryOut(page, next);
      }
    } catch (error) {
      this.parts.failed(error);
    } finally {
      page.busy = false;
    }
  }

  private async carryOut(page: Page, wish: Wish): Promise<void> {
    const { database } = this.parts;
    const at = wish === null ? undefined : await this.admitted(page, wish);
    if (at !== undefined) {
      await database.inScope(TAIL_SCOPE, (tx) => savePresences(tx, [at]));
      page.at = at;
    } else if (page.at !== undefined) {
      // First here, so that no beat says it again.
      delete page.at;
      await database.inScope(TAIL_SCOPE, (tx) => deletePresences(tx, [page.socket.id]));
    }
  }

  /** The presence that a wish asks for, if its caller may read that incident now. */
  private async admitted(page: Page, { incidentId, doing }: NonNullable<Wish>): Promise<Presence | undefined> {
    const { database, callerOf } = this.parts;
    const caller = await callerOf(page.socket);
    if (caller?.permissions.has('incident.read') !== true) return undefined;
    const { scope } = callerFor(caller, { permission: 'incident.read', purpose: 'case', requestId: page.socket.id });
    return database.inScope(scope, async (tx) => {
      if (!(await mayBeAt(tx, incidentId))) return undefined;
      const since = page.at?.incidentId === incidentId ? page.at.since : await tx.now();
      return presenceOf(page.socket.id, caller, { incidentId, doing, since });
    });
  }
}

const presenceOf = (
  socketId: string,
  { userId, displayName }: Caller,
  at: { incidentId: string; doing: Doing; since: Date },
): Presence => ({ socketId, userId, userName: displayName, ...at });
