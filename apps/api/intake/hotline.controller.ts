import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '#kernel/error.js';
import { MAX_MESSAGES, ReceiveService } from '#ingest/receive.service.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id } from '../http/schemas.js';

const receipt = z
  .object({
    index: z.number().int(),
    result: z.enum(['accepted', 'duplicate', 'rejected']),
    itemId: id().optional(),
    code: z.string().optional(),
    reason: z.string().optional(),
    where: z.string().optional(),
  })
  .meta({ id: 'Receipt' });

/** Each message is judged by itself, so that one bad one costs its neighbours nothing; the shape stands in docs/openapi.json as `HotlineMessage`. */
const message = z.record(z.string(), z.unknown());

const receiveMessages = defineRoute({
  method: 'POST',
  path: '/hotline/messages',
  summary: `One message or up to ${MAX_MESSAGES}; one receipt each`,
  permission: 'hotline.push',
  scope: 'case',
  query: z.strictObject({ source: id().optional() }),
  body: z.union([message, z.array(message).min(1).max(MAX_MESSAGES)]),
  response: z.object({ receipts: z.array(receipt) }),
  bodyLimitBytes: 8_000_000,
  signed: true,
});

@Controller()
export class HotlineController {
  constructor(private readonly receiving: ReceiveService) {}

  @Route(receiveMessages)
  async receive(@Input() { tx, caller, body, query, rawBody }: RouteInput<typeof receiveMessages>) {
    const held = caller.duties.find((duty) => duty.permissions.has('hotline.push'));
    if (held === undefined) throw new DomainError('NOT_PERMITTED', 403, 'this needs a duty that may hand in messages');
    if (caller.sourceId !== undefined && query.source !== undefined && query.source !== caller.sourceId)
      throw new DomainError('SOURCE_OF_SENDER', 403, 'this sender hands in for another source', {}, 'query.source');
    const sourceId = caller.sourceId ?? query.source;
    const receipts = await this.receiving.receive(tx, {
      messages: Array.isArray(body) ? body : [body],
      actor: caller.actor,
      jurisdiction: held.jurisdiction,
      rawBody,
      ...(sourceId === undefined ? {} : { sourceId }),
    });
    return { receipts };
  }
}
