import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { INGEST_EVENTS } from './contract.js';
import type { HotlineField } from './rules/hotline-row.js';
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
    const result = await addSource(tx, await inModeOfPlace(tx, source));
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

  /** What the columns of this source's tables mean; it holds for every import that is taken from now on. */
  async saveMapping(tx: Transaction, actor: Actor, id: string, columns: Record<string, HotlineField>): Promise<number> {
    await findSource(tx, id);
    const rows = await tx.query<{ version: number }>(
      'UPDATE sources SET mapping = $2, version = version + 1 WHERE id = $1 RETURNING version',
      [id, JSON.stringify(columns)],
    );
    await this.record(tx, INGEST_EVENTS.sourceChanged, actor, id, { mapping: columns });
    return rows[0]!.version;
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

/** A source that is added while its place watches in emergency mode begins in it. */
async function inModeOfPlace(tx: Transaction, source: NewSource): Promise<NewSource> {
  const found = await tx.one<{ mode: NewSource['mode'] }>(
    `SELECT mode FROM monitoring_modes WHERE $1 LIKE regexp_replace(jurisdiction, '(00)+$', '') || '%' AND mode = 'emergency' LIMIT 1`,
    [source.jurisdiction],
  );
  return found === undefined ? source : { ...source, mode: found.mode };
}
