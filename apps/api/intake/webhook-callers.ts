import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import type { Caller, Permission } from '#accounts/contract.js';
import { callerOf } from '#accounts/caller.js';
import { isSigned, WebhookKeys } from '#ingest/webhook-keys.js';
import { Database } from '#platform/database/database.js';
import { SignedCallers } from '../http/access.guard.js';

/** A sender is looked up before anybody is known; only its keys are read. */
const LOOK_UP = { purpose: 'administration', jurisdictions: [], bodies: [] } as const;
const HANDS_IN: ReadonlySet<Permission> = new Set(['hotline.push']);

/** Senders of signed messages: the source that the address names (`?source=`), which may hand in messages and nothing else. */
@Injectable()
export class WebhookCallers extends SignedCallers {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WebhookKeys) private readonly keys: WebhookKeys,
  ) {
    super();
  }

  async verify(request: Request, rawBody: Buffer): Promise<Caller | undefined> {
    const sourceId = z.uuid().safeParse(request.query['source']);
    if (!sourceId.success) return undefined;
    const scope = { ...LOOK_UP, jurisdictions: [], bodies: [] };
    const source = await this.database.inScope(scope, (tx) => this.keys.signingSource(tx, sourceId.data));
    const headers = Object.fromEntries(
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [
        name,
        String(request.headers[name] ?? ''),
      ]),
    );
    if (source === undefined || !isSigned(source.keys, headers, rawBody)) return undefined;
    const { id, name, jurisdiction } = source;
    return callerOf({
      userId: id,
      username: `source:${id}`,
      displayName: name,
      kind: 'token',
      token: { id, name: 'signature', scopes: [...HANDS_IN], sourceId: id },
      duties: [{ duty: 'hotline_operator', bodyId: null, jurisdiction, sees: 'jurisdiction', permissions: HANDS_IN }],
    });
  }
}
