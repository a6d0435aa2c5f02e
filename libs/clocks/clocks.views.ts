import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';

/** A clock as screens show it. */
export interface ClockView {
  id: string;
  incidentId: string;
  incidentNumber: string;
  incidentTitle: string;
  act: string;
  label: string;
  force: 'target' | 'limit';
  scope: 'public' | 'inner';
  state: string;
  stateReason: string | null;
  startedAt: Date;
  dueAt: Date;
  stateAt: Date | null;
  bodyId: string | null;
  provisional: boolean;
  drill: boolean;
  policyPack: string;
  policyVersion: string;
  version: number;
}

const CLOCK_VIEW = `c.id, c.incident_id AS "incidentId", i.number AS "incidentNumber", i.title AS "incidentTitle", c.act, c.label, c.force, c.scope, c.state,
  c.state_reason AS "stateReason", c.started_at AS "startedAt", c.due_at AS "dueAt", c.state_at AS "stateAt", c.body_id AS "bodyId", c.provisional, c.drill,
  c.policy_pack AS "policyPack", c.policy_version AS "policyVersion", c.version`;

/** Punctuality of the engine itself: due, fired, lateness in milliseconds, by path. */
export interface PunctualityRow {
  path: string;
  fired: number;
  p50Ms: number | null;
  p99Ms: number | null;
  maxMs: number | null;
  /** Fired as overdue although the proof had been filed in time: it reached the ledger in the last moment. */
  overtaken: number;
}

export interface ClockFilter {
  incidentId?: string;
  state?: string[];
  scope?: 'public' | 'inner';
  dueBefore?: Date;
  limit: number;
  after?: { dueAt: string; id: string };
}

@Injectable()
export class ClocksViews {
  async list(tx: Transaction, filter: ClockFilter): Promise<ClockView[]> {
    const parameters: unknown[] = [];
    const clocks = tx.visible('response_clocks', parameters);
    const where: string[] = [];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    if (filter.incidentId !== undefined) where.push(`c.incident_id = ${bind(filter.incidentId)}`);
    if (filter.state !== undefined) where.push(`c.state = ANY(${bind(filter.state)}::text[])`);
    if (filter.scope !== undefined) where.push(`c.scope = ${bind(filter.scope)}`);
    if (filter.dueBefore !== undefined) where.push(`c.due_at < ${bind(filter.dueBefore)}`);
    if (filter.after !== undefined)
      where.push(`(c.due_at, c.id) > (${bind(filter.after.dueAt)}::timestamptz, ${bind(filter.after.id)}::uuid)`);
    return tx.query<ClockView>(
      `SELECT ${CLOCK_VIEW} FROM ${clocks} c JOIN incidents i ON i.id = c.incident_id ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
        ORDER BY c.due_at, c.id LIMIT ${bind(filter.limit)}`,
      parameters,
    );
  }

  /** The arithmetic of one due time, printable (时限计算单). */
  async computation(tx: Transaction, id: string): Promise<ClockView & { computation: Record<string, unknown> }> {
    const parameters: unknown[] = [];
    const clocks = tx.visible('response_clocks', parameters);
    parameters.push(id);
    const row = await tx.one<ClockView & { computation: Record<string, unknown> }>(
      `SELECT ${CLOCK_VIEW}, c.computation FROM ${clocks} c JOIN incidents i ON i.id = c.incident_id WHERE c.id = $${parameters.length}`,
      parameters,
    );
    if (row === undefined) throw new DomainError('CLOCK_NOT_FOUND', 404, 'no such clock');
    return row;
  }

  /** Lateness of the engine over a period; drills are apart. */
  async punctuality(tx: Transaction, from: Date, to: Date, drill: boolean): Promise<PunctualityRow[]> {
    const parameters: unknown[] = [];
    const firings = tx.visible('clock_firings', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    return tx.query<PunctualityRow>(
      `SELECT f.path, count(*)::int AS fired, percentile_disc(0.5) WITHIN GROUP (ORDER BY lateness_ms) AS "p50Ms",
              percentile_disc(0.99) WITHIN GROUP (ORDER BY lateness_ms) AS "p99Ms", max(lateness_ms) AS "maxMs",
              count(*) FILTER (WHERE f.event = 'overdue' AND c.state = 'met' AND NOT coalesce((c.computation->>'filedLate')::boolean, false))::int AS overtaken
         FROM ${firings} f LEFT JOIN response_clocks c ON c.id = f.clock_id WHERE f.fired_at >= ${bind(from)} AND f.fired_at < ${bind(to)} AND f.drill = ${bind(drill)} GROUP BY f.path ORDER BY f.path`,
      parameters,
    );
  }
}
