import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { AccountsService } from '#accounts/accounts.service.js';
import { findAccount, listAccounts } from '#accounts/accounts.views.js';
import { PRESETS } from '#accounts/duties.js';
import { decodeCursor, pageOf } from '../http/cursor.js';
import { paging } from '../http/query.js';
import { created, withETag } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instantInput, nothing, page, versioned } from '../http/schemas.js';
import { accountSchema, dutySchema, jurisdictionSchema } from './account.schemas.js';

const cursorSchema = z.object({ username: z.string() });
const manage = { permission: 'account.manage', scope: 'administration' } as const;
const bodyId = z.string().min(1).max(40);
const password = z.string().min(1).max(1_000);

const list = defineRoute({
  method: 'GET',
  path: '/accounts',
  summary: 'Accounts that the administrator reaches, by user name',
  ...manage,
  query: z.strictObject({ ...paging(), q: z.string().trim().min(1).max(100).optional() }),
  response: page(accountSchema),
});
const read = defineRoute({
  method: 'GET',
  path: '/accounts/:id',
  summary: 'One account with every duty that it ever held',
  ...manage,
  params: idParams,
  response: accountSchema,
});
const create = defineRoute({
  method: 'POST',
  path: '/accounts',
  summary: 'Make an account, with the duties of a preset or none',
  ...manage,
  idempotent: false,
  body: z.strictObject({
    username: z
      .string()
      .trim()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,59}$/u, 'letters, digits, dot, dash and underscore, 2 to 60 of them'),
    displayName: z.string().trim().min(1).max(60),
    password,
    preset: z
      .strictObject({ name: z.enum(PRESETS), bodyId: bodyId.optional(), jurisdiction: jurisdictionSchema.optional() })
      .optional(),
  }),
  response: z.object({ id: id() }),
  status: 201,
});
const setPassword = defineRoute({
  method: 'PUT',
  path: '/accounts/:id/password',
  summary: 'Set a password; every session of the account ends',
  ...manage,
  params: idParams,
  ifMatch: 'required',
  idempotent: false,
  body: z.strictObject({ password }),
  response: versioned,
});
const setState = defineRoute({
  method: 'PUT',
  path: '/accounts/:id/state',
  summary: 'Disable an account, which ends its sessions, or enable it again',
  ...manage,
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ disabled: z.boolean() }),
  response: versioned,
});
const grant = defineRoute({
  method: 'POST',
  path: '/accounts/:id/duties',
  summary: 'Grant a dated duty, held in a body or a jurisdiction, perhaps as a deputy',
  ...manage,
  params: idParams,
  body: z.strictObject({
    duty: dutySchema,
    bodyId: bodyId.optional(),
    jurisdiction: jurisdictionSchema.optional(),
    validFrom: instantInput().optional(),
    validTo: instantInput().optional(),
    deputyFor: id().optional(),
  }),
  response: z.object({ id: id() }),
  status: 201,
});
const end = defineRoute({
  method: 'DELETE',
  path: '/accounts/:id/duties/:dutyId',
  summary: 'End a duty now; it stays on record',
  ...manage,
  params: z.object({ id: id(), dutyId: id() }),
  response: nothing,
  status: 204,
});
const revokeSessions = defineRoute({
  method: 'DELETE',
  path: '/accounts/:id/sessions',
  summary: 'End every session of an account',
  ...manage,
  params: idParams,
  response: nothing,
  status: 204,
});

@Controller()
export class AccountsController {
  constructor(@Inject(AccountsService) private readonly accounts: AccountsService) {}

  @Route(list)
  async list(@Input() { tx, caller, query }: RouteInput<typeof list>) {
    const after = decodeCursor(cursorSchema, query.cursor);
    const rows = await listAccounts(tx, caller.scope, {
      limit: query.limit + 1,
      ...(after === undefined ? {} : { after: after.username }),
      ...(query.q === undefined ? {} : { text: query.q }),
    });
    return pageOf(
      rows,
      query.limit,
      (row) => ({ username: row.username }),
      (row) => row,
    );
  }

  @Route(read)
  async read(@Input() { tx, caller, params }: RouteInput<typeof read>) {
    const account = await findAccount(tx, caller.scope, params.id);
    return withETag(account.version, account);
  }

  @Route(create)
  async create(@Input() { tx, caller, body }: RouteInput<typeof create>) {
    const { preset, ...account } = body;
    const made = await this.accounts.create(tx, account, caller);
    if (preset !== undefined)
      await this.accounts.grantPreset(tx, made, preset.name, { ...defined(preset), by: caller });
    return created(`/accounts/${made}`, { id: made }, 1);
  }

  @Route(setPassword)
  async setPassword(@Input() { tx, caller, params, body, ifMatch }: RouteInput<typeof setPassword>) {
    return {
      id: params.id,
      version: await this.accounts.setPassword(
        tx,
        { userId: params.id, password: body.password, expectedVersion: ifMatch },
        caller,
      ),
    };
  }

  @Route(setState)
  async setState(@Input() { tx, caller, params, body, ifMatch }: RouteInput<typeof setState>) {
    return {
      id: params.id,
      version: await this.accounts.setDisabled(
        tx,
        { userId: params.id, disabled: body.disabled, expectedVersion: ifMatch },
        caller,
      ),
    };
  }

  @Route(grant)
  async grant(@Input() { tx, caller, params, body }: RouteInput<typeof grant>) {
    const { duty, validFrom, validTo, deputyFor } = body;
    const made = await this.accounts.grant(
      tx,
      params.id,
      {
        duty,
        ...defined(body),
        ...(validFrom === undefined ? {} : { validFrom }),
        ...(validTo === undefined ? {} : { validTo }),
        ...(deputyFor === undefined ? {} : { deputyFor }),
      },
      caller,
    );
    return created(`/accounts/${params.id}`, { id: made });
  }

  @Route(end)
  async end(@Input() { tx, caller, params }: RouteInput<typeof end>) {
    await this.accounts.endDuty(tx, params.id, params.dutyId, caller);
    return undefined;
  }

  @Route(revokeSessions)
  async revokeSessions(@Input() { tx, caller, params }: RouteInput<typeof revokeSessions>) {
    await this.accounts.revokeSessions(tx, params.id, caller);
    return undefined;
  }
}

/** The place of a duty without undefined keys. */
const defined = (place: { bodyId?: string | undefined; jurisdiction?: string | undefined }) => ({
  ...(place.bodyId === undefined ? {} : { bodyId: place.bodyId }),
  ...(place.jurisdiction === undefined ? {} : { jurisdiction: place.jurisdiction }),
});
