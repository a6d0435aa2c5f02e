import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { listTokens } from '#accounts/accounts.views.js';
import { TokensService } from '#accounts/tokens.service.js';
import { decodeCursor, pageOf } from '../http/cursor.js';
import { paging } from '../http/query.js';
import { created } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, nothing, page } from '../http/schemas.js';
import { permissionSchema, tokenSchema } from './account.schemas.js';

const cursorSchema = z.object({ id: z.uuid() });

const list = defineRoute({
  method: 'GET',
  path: '/tokens',
  summary: 'Tokens of machines, newest first; secrets are never shown again',
  permission: 'token.manage',
  scope: 'administration',
  query: z.strictObject({ ...paging() }),
  response: page(tokenSchema),
});
const create = defineRoute({
  method: 'POST',
  path: '/tokens',
  summary: 'Make a token that acts for an account; the answer alone shows its secret',
  permission: 'token.manage',
  scope: 'administration',
  // The record of an Idempotency-Key would keep the secret.
  idempotent: false,
  body: z.strictObject({
    userId: id(),
    name: z.string().trim().min(1).max(100),
    scopes: z.array(permissionSchema).min(1).max(50),
    expiresInDays: z.number().int().min(1).max(366),
    sourceId: id().optional(),
  }),
  response: z.object({ id: id(), secret: z.string(), expiresAt: instant() }),
  status: 201,
});
const revoke = defineRoute({
  method: 'DELETE',
  path: '/tokens/:id',
  summary: 'End a token at once',
  permission: 'token.manage',
  scope: 'administration',
  params: idParams,
  response: nothing,
  status: 204,
});

@Controller()
export class TokensController {
  constructor(@Inject(TokensService) private readonly tokens: TokensService) {}

  @Route(list)
  async list(@Input() { tx, caller, query }: RouteInput<typeof list>) {
    const after = decodeCursor(cursorSchema, query.cursor);
    const rows = await listTokens(tx, caller.scope, {
      limit: query.limit + 1,
      ...(after === undefined ? {} : { after: after.id }),
    });
    return pageOf(
      rows,
      query.limit,
      (row) => ({ id: row.id }),
      (row) => row,
    );
  }

  @Route(create)
  async create(@Input() { tx, caller, body }: RouteInput<typeof create>) {
    const { sourceId, ...token } = body;
    const made = await this.tokens.create(tx, { ...token, ...(sourceId === undefined ? {} : { sourceId }) }, caller);
    return created(`/tokens/${made.id}`, made);
  }

  @Route(revoke)
  async revoke(@Input() { tx, caller, params }: RouteInput<typeof revoke>) {
    await this.tokens.revoke(tx, params.id, caller);
    return undefined;
  }
}
