import { Injectable } from '@nestjs/common';
import { groupBy } from '#kernel/group-by.js';
import { newId } from '#kernel/ids.js';
import { Database, type Transaction } from '#platform/database/database.js';
import { appendLedger, type LedgerEntry, systemActor } from '#platform/ledger/ledger.js';
import { INGEST_EVENTS } from './contract.js';
import type { MonitoringPolicy } from './monitoring-policy.js';
import { expectationsOf, type HourCount, judgeSilence } from './rules/expectation.js';

interface Watched {
  id: string;
  name: string;
  polled: boolean;
  state: string;
  intervalSeconds: number;
  lastOkAt: Date | null;
  lastItemAt: Date | null;
  lastErrorCode: string | null;
  createdAt: Date;
  gapId: string | null;
  gapStart: Date | null;
  gapCause: string | null;
}

const HOUR_MS = 3_600_000;

/** The blind-spot ledger: counts what each hour brought, notices silence that chance does not explain, and records gaps as gaps (domain R1). */
@Injectable()
export class BlindSpotsService {
  private lastRound: number | undefined;

  constructor(
    private readonly database: Database,
    private readonly policy: MonitoringPolicy,
  ) {}

  /** Looks once a minute, whatever the tick; returns 0, for there is never more to do at once. */
  async lookWhenDue(): Promise<number> {
    const now = performance.now();
    if (this.lastRound !== undefined && now - this.lastRound < 60_000) return 0;
    this.lastRound = now;
    await this.look();
    return 0;
  }

  /** One look at all active sources. Returns how many gaps were opened or closed. */
  async look(): Promise<number> {
    return this.database.asSystem(async (tx) => {
      const now = await tx.now();
      await countHours(tx);
      const sources = await watchedSources(tx);
      const silentOnes = sources.filter((source) => source.state === 'active' && source.lastItemAt !== null);
      const history = await historyOf(tx, silentOnes, this.policy.historyWeeks, now);
      const entries: LedgerEntry[] = [];
      for (const source of sources) {
        const found = source.state === 'active' ? this.causeOf(source, history(source), now) : undefined;
        if (source.gapId === null && found !== undefined) entries.push(await open(tx, source, found, now));
        else if (source.gapId !== null && found === undefined) entries.push(await close(tx, source, now));
      }
      await appendLedger(tx, entries);
      return entries.length;
    });
  }

  private causeOf(source: Watched, history: History, now: Date): Found | undefined {
    const since = source.lastOkAt ?? source.createdAt;
    const patience = Math.max(this.policy.unreachedMinutes * 60_000, 2_000 * source.intervalSeconds);
    if (source.polled && now.getTime() - since.getTime() > patience)
      return {
        cause: source.lastErrorCode === null ? 'notAsked' : 'unreached',
        from: since,
        expected: null,
        detail: source.lastErrorCode,
      };
    if (source.lastItemAt === null) return undefined;
    const silence = judgeSilence(history, { since: source.lastItemAt, now }, this.policy);
    return silence.kind === 'silent'
      ? { cause: 'silence', from: source.lastItemAt, expected: silence.expected, detail: null }
      : undefined;
  }
}

type History = ReturnType<typeof expectationsOf>;
interface Found {
  cause: 'silence' | 'unreached' | 'notAsked';
  from: Date;
  expected: number | null;
  detail: string | null;
}

/** Brings the counts of hours up to date, from the hour before the last that was counted. */
async function countHours(tx: Transaction): Promise<void> {
  await tx.query(
    `INSERT INTO source_hours (source_id, hour, items)
     SELECT source_id, date_trunc('hour', received_at), count(*) FROM items
      WHERE received_at >= coalesce((SELECT max(hour) - interval '1 hour' FROM source_hours), huiying_now() - interval '8 weeks') AND revision = 1
      GROUP BY 1, 2 ON CONFLICT (source_id, hour) DO UPDATE SET items = excluded.items WHERE source_hours.items <> excluded.items`,
  );
  await tx.query(
    `UPDATE sources s SET last_item_at = m.at FROM (SELECT source_id, max(received_at) AS at FROM items WHERE received_at > huiying_now() - interval '2 hours' GROUP BY 1) m
      WHERE m.source_id = s.id AND (s.last_item_at IS NULL OR s.last_item_at < m.at)`,
  );
}

const watchedSources = (tx: Transaction): Promise<Watched[]> =>
  tx.query<Watched>(
    `SELECT s.id, s.name, s.url IS NOT NULL AS polled, s.state, s.interval_seconds AS "intervalSeconds", s.last_ok_at AS "lastOkAt", s.last_item_at AS "lastItemAt",
            s.last_error_code AS "lastErrorCode", s.created_at AS "createdAt", g.id AS "gapId", g.started_at AS "gapStart", g.cause AS "gapCause"
       FROM sources s LEFT JOIN source_gaps g ON g.source_id = s.id AND g.ended_at IS NULL WHERE s.state = 'active' OR g.id IS NOT NULL`,
  );

/** The histories of sources; hours inside recorded gaps teach nothing. */
async function historyOf(
  tx: Transaction,
  sources: Watched[],
  weeks: number,
  now: Date,
): Promise<(source: Watched) => History> {
  const to = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  const from = new Date(to.getTime() - weeks * 7 * 24 * HOUR_MS);
  const ids = sources.map((source) => source.id);
  const counts = await tx.query<HourCount & { sourceId: string }>(
    `SELECT source_id AS "sourceId", hour, items FROM source_hours WHERE source_id = ANY($1::uuid[]) AND hour >= $2 AND hour < $3`,
    [ids, from, to],
  );
  const gaps = await tx.query<{ sourceId: string; from: Date; to: Date }>(
    `SELECT source_id AS "sourceId", started_at AS "from", coalesce(ended_at, $3) AS "to" FROM source_gaps WHERE source_id = ANY($1::uuid[]) AND coalesce(ended_at, $3) > $2`,
    [ids, from, to],
  );
  const countsOf = groupBy(counts, (row) => row.sourceId);
  const gapsOf = groupBy(gaps, (row) => row.sourceId);
  return (source) => {
    const own = countsOf.get(source.id) ?? [];
    const first = own.reduce((least, { hour }) => Math.min(least, hour.getTime()), to.getTime());
    const closed = gapsOf.get(source.id) ?? [];
    const isKnown = (hour: Date) =>
      !closed.some((gap) => hour.getTime() + HOUR_MS > gap.from.getTime() && hour.getTime() < gap.to.getTime());
    return expectationsOf(own, { from: new Date(Math.max(from.getTime(), first)), to, isKnown });
  };
}

async function open(tx: Transaction, source: Watched, found: Found, now: Date): Promise<LedgerEntry> {
  await tx.query(
    'INSERT INTO source_gaps (id, source_id, started_at, cause, expected, detail, detected_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING',
    [newId(), source.id, found.from, found.cause, found.expected, found.detail, now],
  );
  return {
    type: INGEST_EVENTS.gapOpened,
    at: now,
    actor: systemActor('ingest'),
    subjectId: source.id,
    payload: { source: source.name, cause: found.cause, since: found.from.toISOString(), expected: found.expected, detail: found.detail },
  }; // prettier-ignore
}

/** A gap ends where the source was heard again, not where that was noticed. */
async function close(tx: Transaction, source: Watched, now: Date): Promise<LedgerEntry> {
  const heard = source.gapCause === 'silence' ? source.lastItemAt : source.lastOkAt;
  const end = heard !== null && heard > source.gapStart! && source.state === 'active' ? heard : now;
  await tx.query(
    `UPDATE source_gaps SET ended_at = $2, observed = (SELECT count(*) FROM items WHERE source_id = $3 AND received_at > started_at AND received_at < $2) WHERE id = $1`,
    [source.gapId, end, source.id],
  );
  return {
    type: INGEST_EVENTS.gapClosed,
    at: now,
    actor: systemActor('ingest'),
    subjectId: source.id,
    payload: { source: source.name, cause: source.gapCause, since: source.gapStart!.toISOString(), until: end.toISOString() },
  }; // prettier-ignore
}
