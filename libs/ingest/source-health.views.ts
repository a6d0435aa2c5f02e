import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { expectationsOf, expectedIn } from './rules/expectation.js';
import { findSource, type Source } from './sources.store.js';

/** A span in which a source was not heard. */
export interface GapView {
  id: string;
  sourceId: string;
  sourceName: string;
  startedAt: Date;
  endedAt: Date | null;
  cause: 'silence' | 'unreached' | 'notAsked';
  detail: string | null;
  /** What it would have brought by its own history, as far as that is known. */
  expected: number | null;
  observed: number;
}

export interface HourView {
  hour: Date;
  items: number;
  expected: number;
}

const HOUR_MS = 3_600_000;
const GAP = `g.id, g.source_id AS "sourceId", s.name AS "sourceName", g.started_at AS "startedAt", g.ended_at AS "endedAt", g.cause, g.detail, g.expected, g.observed`;

/** How a source stands: what it brought against what was expected, and when it was not heard. */
@Injectable()
export class SourceHealthViews {
  async source(
    tx: Transaction,
    id: string,
  ): Promise<Source & { openGap: GapView | null; held: number; lastDefects: string[] }> {
    const source = await findSource(tx, id);
    const [openGap] = (await this.gaps(tx, { sourceId: id, limit: 1 })).filter((gap) => gap.endedAt === null);
    const held = await tx.one<{ n: number }>(
      `SELECT count(*)::int AS n FROM rejections WHERE source_id = $1 AND state = 'held'`,
      [id],
    );
    const last = await tx.one<{ defects: string[] }>(
      'SELECT defects FROM raw_documents WHERE source_id = $1 ORDER BY fetched_at DESC LIMIT 1',
      [id],
    );
    return {
      ...source,
      openGap: openGap ?? null,
      held: held!.n,
      lastDefects: (last?.defects ?? []).map(String).slice(0, 20),
    };
  }

  async gaps(
    tx: Transaction,
    filter: { sourceId?: string; from?: Date; to?: Date; limit: number },
  ): Promise<GapView[]> {
    const parameters: unknown[] = [];
    const gaps = tx.visible('source_gaps', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const where = ['true'];
    if (filter.sourceId !== undefined) where.push(`g.source_id = ${bind(filter.sourceId)}`);
    if (filter.from !== undefined) where.push(`coalesce(g.ended_at, huiying_now()) > ${bind(filter.from)}`);
    if (filter.to !== undefined) where.push(`g.started_at < ${bind(filter.to)}`);
    return tx.query<GapView>(
      `SELECT ${GAP} FROM ${gaps} g JOIN sources s ON s.id = g.source_id WHERE ${where.join(' AND ')} ORDER BY g.started_at DESC LIMIT ${bind(filter.limit)}`,
      parameters,
    );
  }

  /** The last hours of a source, each with what it brought and what its history expects; the running hour by its share. */
  async activity(tx: Transaction, id: string, span: { hours: number; historyWeeks: number }): Promise<HourView[]> {
    await findSource(tx, id);
    const now = await tx.now();
    const last = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
    const from = new Date(last - span.historyWeeks * 7 * 24 * HOUR_MS);
    const counts = await tx.query<{ hour: Date; items: number }>(
      'SELECT hour, items FROM source_hours WHERE source_id = $1 AND hour >= $2 ORDER BY hour',
      [id, from],
    );
    const gaps = (await this.gaps(tx, { sourceId: id, from, limit: 1_000 })).map((gap) => ({
      from: gap.startedAt,
      to: gap.endedAt ?? now,
    }));
    const recent = await tx.query<{ hour: Date; items: number }>(
      `SELECT date_trunc('hour', received_at) AS hour, count(*)::int AS items FROM items WHERE source_id = $1 AND revision = 1 AND received_at >= $2 GROUP BY 1`,
      [id, new Date(last - (span.hours - 1) * HOUR_MS)],
    );
    const isKnown = (hour: Date) => !gaps.some((gap) => hour.getTime() + HOUR_MS > gap.from.getTime() && hour < gap.to);
    const begin = Math.max(from.getTime(), counts[0]?.hour.getTime() ?? last);
    const history = expectationsOf(counts, { from: new Date(begin), to: new Date(last), isKnown });
    const found = new Map(recent.map((row) => [row.hour.getTime(), row.items]));
    return Array.from({ length: span.hours }, (_, index): HourView => {
      const at = last - (span.hours - 1 - index) * HOUR_MS;
      const end = new Date(Math.min(at + HOUR_MS, now.getTime()));
      const expected = Math.round(expectedIn(history.of, new Date(at), end) * 100) / 100;
      return { hour: new Date(at), items: found.get(at) ?? 0, expected };
    });
  }
}
