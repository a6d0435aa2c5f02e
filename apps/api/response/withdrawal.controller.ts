import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireInBody } from '#accounts/contract.js';
import { findStatement } from '#response/statements.store.js';
import { WithdrawalService } from '#response/withdrawal.service.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams } from '../http/schemas.js';

const withdraw = defineRoute({
  method: 'POST',
  path: '/statements/:id/withdraw',
  summary: 'Take back a text that was not published, with a reason; what is public is corrected instead',
  permission: 'statement.draft',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ reason: z.string().trim().min(1).max(1_000) }),
  response: z.object({ id: id(), version: z.number().int() }),
});

/** The end of a text that nobody needs any more. */
@Controller()
export class WithdrawalController {
  constructor(private readonly withdrawals: WithdrawalService) {}

  @Route(withdraw)
  async withdraw(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof withdraw>) {
    requireInBody(caller, 'statement.draft', (await findStatement(tx, params.id)).bodyId);
    const version = await this.withdrawals.withdraw(tx, {
      statementId: params.id,
      expectedVersion: ifMatch,
      actor: caller.actor,
      reason: body.reason,
    });
    return { id: params.id, version };
  }
}
