import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { INGEST_EVENTS } from './contract.js';
import { addSource, changeSource, findSource, type NewSource, type SourceChange } from './sources.store.js';

export interface SourceDecision {
  id: string;
  expectedVersion: number;
  change: SourceChange & { reason?: string | undefined };
}

/** The registry of sources: every change of it is in the ledger, with who and when (domain R4). */
@Injectable()
export class SourcesService {
  /** Adds a source, or answers the one that has its address already. */
  async add(tx: Transaction, actor: Actor, source: NewSource): Promise<{ id: string; created: boolean }> {
    const result = await addSource(tx, source);
    if (result.created) await this.record(tx, INGEST_EVENTS.sourceCreated, actor, result.id, { ...source });
    return result;
  }

  async change(tx: Transaction, actor: Actor, { id, expectedVersion, change }: SourceDecision): Promise<number> {
    const before = await findSource(tx, id);
    if (before.version !== expectedVersion)
      throw new DomainError('VERSION_CONFLICT', 412, 'the source has changed since it was read', {
        actual: before.version,
      });
    const { reason, ...fields } = change;
    const version = await changeSource(tx, id, fields);
    await this.record(
      tx,
      INGEST_EVENTS.sourceChanged,
      actor,
      id,
      {
        from: { state: before.state, mode: before.mode, intervalSeconds: before.intervalSeconds, name: before.name },
        to: fields,
      },
      reason,
    );
    return version;
  }

  /** Makes the source due at once. */
  async askNow(tx: Transaction, actor: Actor, id: string): Promise<number> {
    const source = await findSource(tx, id);
    if (source.url === null)
      throw new DomainError('SOURCE_NOT_POLLED', 409, 'this source receives; there is nothing to ask', {
        kind: source.kind,
      });
    const version = await changeSource(tx, id, { state: 'active', pollNow: true });
    await this.record(tx, INGEST_EVENTS.sourceChanged, actor, id, { askedNow: true });
    return version;
  }

  private async record(
    tx: Transaction,
    type: string,
    actor: Actor,
    id: string,
    payload: Record<string, unknown>,
    reason?: string,
  ): Promise<void> {
    await appendLedger(tx, [
      { type, at: await tx.now(), actor, subjectId: id, payload, ...(reason === undefined ? {} : { reason }) },
    ]);
  }
}
