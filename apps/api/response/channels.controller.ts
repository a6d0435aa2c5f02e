import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '#accounts/contract.js';
import { ChannelsService } from '#response/channels.service.js';
import { CHANNEL_KINDS } from '#response/rules/channel-address.js';
import { created } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams } from '../http/schemas.js';

const register = defineRoute({
  method: 'POST',
  path: '/channels',
  summary: 'Register an official channel of a body; it proves something when a second named person has confirmed it',
  permission: 'channel.register',
  scope: 'administration',
  body: z.strictObject({
    bodyId: z.string().max(40),
    kind: z.enum(CHANNEL_KINDS),
    name: z.string().trim().min(1).max(120),
    urlPrefix: z.string().trim().max(500).nullable().default(null),
    firstPlatform: z.boolean().default(false),
  }),
  response: z.object({ id: id() }),
  status: 201,
});
const confirm = defineRoute({
  method: 'POST',
  path: '/channels/:id/confirm',
  summary: 'Confirm by name that a channel is the body’s own; another person than who registered it',
  permission: 'channel.confirm',
  scope: 'administration',
  params: idParams,
  body: z.strictObject({}),
  response: z.object({ id: id() }),
});
const end = defineRoute({
  method: 'POST',
  path: '/channels/:id/end',
  summary: 'A channel is the body’s no longer; what was proven on it stays proven',
  permission: 'channel.confirm',
  scope: 'administration',
  params: idParams,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  response: z.object({ id: id() }),
});

/** The register of official channels (R49, NT19 Art.17). Reading it is the evidence controller's. */
@Controller()
export class ChannelsController {
  constructor(private readonly channels: ChannelsService) {}

  @Route(register)
  async register(@Input() { tx, caller, body }: RouteInput<typeof register>) {
    const made = await this.channels.register(tx, { registration: body, ...standing(caller) });
    return created(`/channels`, { id: made });
  }

  @Route(confirm)
  async confirm(@Input() { tx, caller, params }: RouteInput<typeof confirm>) {
    await this.channels.confirm(tx, { channelId: params.id, ...standing(caller) });
    return { id: params.id };
  }

  @Route(end)
  async end(@Input() { tx, caller, params, body }: RouteInput<typeof end>) {
    await this.channels.end(tx, { channelId: params.id, reason: body.reason, ...standing(caller) });
    return { id: params.id };
  }
}

const standing = (caller: Caller) => ({
  actor: caller.actor,
  covers: (jurisdiction: string): boolean =>
    caller.scope.jurisdictions.some((code) => jurisdiction.startsWith(code.replace(/(00)+$/, ''))),
});
