import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { jurisdictionPattern } from '#platform/database/scope.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { INGEST_EVENTS } from './contract.js';
import { addStandard, type NewStandard } from './standards.store.js';

/** In which mode a place watches, since when, and who said so. */
export interface ModeView {
  jurisdiction: string;
  mode: 'routine' | 'emergency';
  since: Date;
  reason: string;
  changedBy: string;
}

/** How the office watches: routine or emergency (domain R4), and by which standards of its bodies (R3). */
@Injectable()
export class MonitoringService {
  async modes(tx: Transaction): Promise<ModeView[]> {
    const parameters: unknown[] = [];
    return tx.query<ModeView>(
      `SELECT m.jurisdiction, m.mode, m.since, m.reason, m.changed_by AS "changedBy" FROM ${tx.visible('monitoring_modes', parameters)} m ORDER BY m.jurisdiction`,
      parameters,
    );
  }

  /** Switches all sources of a place and below; those that are asked are due at once in an emergency. 409 when the mode is in force already. */
  async switchMode(
    tx: Transaction,
    actor: Actor,
    { jurisdiction, mode, reason }: { jurisdiction: string; mode: ModeView['mode']; reason: string },
  ): Promise<{ sources: number }> {
    const now = await tx.now();
    const known = await tx.one<{ mode: string }>(
      'SELECT mode FROM monitoring_modes WHERE jurisdiction = $1 FOR UPDATE',
      [jurisdiction],
    );
    const from = known?.mode ?? 'routine';
    if (from === mode) throw new DomainError('MODE_IN_FORCE', 409, 'this mode is in force already', { mode });
    await tx.query(
      `INSERT INTO monitoring_modes (jurisdiction, mode, since, reason, changed_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (jurisdiction) DO UPDATE SET mode = excluded.mode, since = excluded.since, reason = excluded.reason, changed_by = excluded.changed_by, version = monitoring_modes.version + 1`,
      [jurisdiction, mode, now, reason, actor.name],
    );
    const sources = await tx.query(
      `UPDATE sources SET mode = $2, version = version + 1, next_poll_at = CASE WHEN url IS NULL OR state <> 'active' THEN next_poll_at WHEN $2 = 'emergency' THEN $3 ELSE next_poll_at END
        WHERE jurisdiction LIKE $1 AND mode <> $2 AND state <> 'gone' RETURNING id`,
      [jurisdictionPattern(jurisdiction), mode, now],
    );
    await appendLedger(tx, [
      {
        type: INGEST_EVENTS.modeSwitched,
        at: now,
        actor,
        subjectId: jurisdiction,
        reason,
        payload: { jurisdiction, from, to: mode, sources: sources.length },
      },
    ]);
    return { sources: sources.length };
  }

  async addStandard(tx: Transaction, actor: Actor, standard: NewStandard): Promise<{ id: string; version: number }> {
    const added = await addStandard(tx, standard);
    const { effectiveFrom, createdBy: _createdBy, ...rest } = standard;
    await appendLedger(tx, [
      {
        type: INGEST_EVENTS.standardAdded,
        at: await tx.now(),
        actor,
        subjectId: added.id,
        payload: { ...rest, version: added.version, effectiveFrom: effectiveFrom.toISOString() },
      },
    ]);
    return { id: added.id, version: added.version };
  }
}
