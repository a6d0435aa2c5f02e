import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { askForTest } from '#notification/channel-tests.service.js';
import { channelStandings } from '#notification/channels.views.js';
import { ADDRESSEES, CHANNEL_KINDS } from '#notification/contract.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant } from '../http/schemas.js';

const manage = { permission: 'noticeChannel.manage', scope: 'administration' } as const;

const list = defineRoute({
  method: 'GET',
  path: '/notification-channels',
  summary: 'The channels of notices: what each reaches, what waits, arrived and failed, and the caller’s own tests',
  ...manage,
  response: z.object({
    items: z.array(
      z
        .object({
          id: z.string(),
          kind: z.enum(CHANNEL_KINDS),
          reaches: z.array(z.enum(ADDRESSEES)),
          pendingCount: z.number().int(),
          oldestPendingAt: instant().nullable(),
          deliveredCount: z.number().int().meta({ description: 'of the last 24 hours; counting stops at 10,000' }),
          failedCount: z.number().int().meta({ description: 'of the last 24 hours; counting stops at 10,000' }),
          lastDeliveredAt: instant().nullable(),
          lastErrorAt: instant().nullable(),
          lastError: z.string().nullable(),
          tests: z.array(
            z.object({
              id: id(),
              askedAt: instant(),
              state: z.enum(['pending', 'delivered', 'failed', 'suppressed']),
              deliveredAt: instant().nullable(),
              attempts: z.number().int(),
              error: z.string().nullable(),
            }),
          ),
        })
        .meta({ id: 'NotificationChannel' }),
    ),
  }),
});
const test = defineRoute({
  method: 'POST',
  path: '/notification-channels/:id/test',
  summary: 'Send the caller a test notice over a channel, on the way on which every notice goes; its receipt is listed',
  ...manage,
  params: z.object({ id: z.string().min(1).max(40) }),
  body: z.strictObject({}),
  response: z.object({ id: id(), askedAt: instant() }),
  status: 202,
});

@Controller()
export class NoticeChannelsController {
  constructor(private readonly wakeUps: WakeUps) {}

  @Route(list)
  async list(@Input() { tx, caller }: RouteInput<typeof list>) {
    return { items: (await channelStandings(tx, caller.userId)).map((one) => ({ ...one, reaches: [...one.reaches] })) };
  }

  @Route(test)
  async test(@Input() { tx, caller, params }: RouteInput<typeof test>) {
    const { id: testId, at } = await askForTest(tx, params.id, caller);
    // Only a wake-up: the process looks by itself.
    void this.wakeUps.wake('delivery');
    return { id: testId, askedAt: at };
  }
}
