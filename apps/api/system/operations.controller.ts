import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { WAKE_QUEUES, WakeUps } from '#platform/queue/wake-ups.js';
import { DeadLettersService } from '#triage/dead-letters.service.js';
import { decodeCursor, pageOf } from '../http/cursor.js';
import { paging } from '../http/query.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant, page } from '../http/schemas.js';
import { heartbeatOf } from './heartbeat.js';

const manage = { permission: 'deadLetter.manage', scope: 'administration' } as const;
const cursorSchema = z.object({ at: z.iso.datetime({ offset: true }), id: z.uuid() });
/** A queue that is away must not keep the page from telling the rest. */
const QUEUE_PATIENCE_MS = 2_000;

const health = defineRoute({
  method: 'GET',
  path: '/operations',
  summary: 'Health of the installation: processes, queues, and what waits in the tables',
  ...manage,
  response: z.object({
    now: instant(),
    watched: z.boolean(),
    checks: z.array(z.object({ check: z.string(), ok: z.boolean(), found: z.number().int() })),
    processes: z.array(z.object({ process: z.string(), at: instant(), skewMs: z.number().nullable() })),
    queues: z.array(z.object({ queue: z.string(), counts: z.record(z.string(), z.number().int()).nullable() })),
    waiting: z.array(z.object({ what: z.string(), count: z.number().int(), oldestAt: instant().nullable() })),
  }),
});
const list = defineRoute({
  method: 'GET',
  path: '/dead-letters',
  summary: 'What a stage could not work on, the latest first',
  ...manage,
  query: z.strictObject({ ...paging() }),
  response: page(
    z.object({
      id: id(),
      stage: z.string(),
      subject: z.string(),
      title: z.string().nullable(),
      code: z.string(),
      message: z.string(),
      attempts: z.number().int(),
      firstAt: instant(),
      lastAt: instant(),
      replayedAt: instant().nullable(),
    }),
  ),
});
const replay = defineRoute({
  method: 'POST',
  path: '/dead-letters/replay',
  summary: 'Give items back to the stage that had given them up; answers those that were',
  ...manage,
  body: z.strictObject({ ids: z.array(id()).min(1).max(200) }),
  response: z.object({ replayed: z.array(id()) }),
});

/** What waits to be worked on: a few counts that each use an index of their own. */
const WAITING = [
  ['items', `SELECT count(*)::int AS count, min(received_at) AS oldest FROM items WHERE state = 'received'`],
  [
    'clocks',
    `SELECT count(*)::int AS count, min(next_look_at) AS oldest FROM response_clocks WHERE next_look_at < huiying_now()`,
  ],
  [
    'deliveries',
    `SELECT count(*)::int AS count, min(next_attempt_at) AS oldest FROM deliveries WHERE state = 'pending'`,
  ],
  [
    'imports',
    `SELECT count(*)::int AS count, min(created_at) AS oldest FROM imports WHERE state IN ('received', 'running')`,
  ],
] as const;

@Controller()
export class OperationsController {
  constructor(
    private readonly letters: DeadLettersService,
    private readonly wakeUps: WakeUps,
  ) {}

  @Route(health)
  async health(@Input() { tx }: RouteInput<typeof health>) {
    const now = await tx.now();
    const { watched, checks } = await heartbeatOf(tx, now);
    const waiting = [];
    for (const [what, statement] of WAITING) {
      const row = await tx.one<{ count: number; oldest: Date | null }>(statement);
      waiting.push({ what, count: row!.count, oldestAt: row!.oldest });
    }
    return {
      now,
      watched,
      checks,
      processes: await tx.query<{ process: string; at: Date; skewMs: number | null }>(
        'SELECT process, at, skew_ms AS "skewMs" FROM heartbeats ORDER BY process LIMIT 100',
      ),
      queues: await Promise.all(
        WAKE_QUEUES.map(async (queue) => ({ queue, counts: await patiently(this.wakeUps.counts(queue)) })),
      ),
      waiting,
    };
  }

  @Route(list)
  async list(@Input() { tx, query }: RouteInput<typeof list>) {
    const after = decodeCursor(cursorSchema, query.cursor);
    const rows = await this.letters.list(tx, {
      limit: query.limit + 1,
      ...(after === undefined ? {} : { after }),
    });
    return pageOf(
      rows,
      query.limit,
      (row) => ({ at: row.lastAt.toISOString(), id: row.id }),
      (row) => row,
    );
  }

  @Route(replay)
  async replay(@Input() { tx, caller, body }: RouteInput<typeof replay>) {
    const replayed = await this.letters.replay(tx, body.ids, caller.actor);
    // Only a wake-up: the sweep finds the items anyway.
    if (replayed.length > 0) void this.wakeUps.wake('triage');
    return { replayed };
  }
}

/** The counts of a queue, or null when it does not answer in time. */
async function patiently(counts: Promise<Record<string, number>>): Promise<Record<string, number> | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), QUEUE_PATIENCE_MS);
  });
  try {
    return await Promise.race([counts, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
