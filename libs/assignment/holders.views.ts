import { Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type HolderFacts, type HolderSpan, holdersOf, pingPongOf } from './rules/holders.js';

/** What one body did with the cases of a period: minutes that it held them, returns, and how often a case passed on from it. */
export interface HolderRow {
  bodyId: string;
  cases: number;
  minutes: number;
  returns: number;
  returnsUpheld: number;
  /** Hand-overs to another lead in its cases, for each case. */
  pingPong: number;
}

interface Row {
  id: string;
  jurisdiction: string;
  detectedAt: Date;
  closedAt: Date | null;
  leads: { bodyId: string; dispatchedAt: string; endedAt: string | null; state: string }[] | null;
  returns:
    | {
        bodyId: string;
        role: string;
        at: string;
        decidedAt: string | null;
        upheld: boolean | null;
        endedAt: string | null;
      }[]
    | null;
  disputes: { coordinatorBodyId: string; since: string; decidedAt: string | null }[] | null;
}

/** At most so many cases a report; the newest first. */
const MAX_CASES = 5_000;

/** Minutes by holder, worked out from the orders themselves each time they are asked for. */
@Injectable()
export class HoldersViews {
  constructor(private readonly directory: Directory) {}

  /** Of one case, from detection to close-out or now. */
  async ofIncident(
    tx: Transaction,
    incidentId: string,
  ): Promise<{ spans: HolderSpan[]; pingPong: number; asOf: Date }> {
    const [row] = await this.rows(tx, { incidentId });
    if (row === undefined) throw new DomainError('INCIDENT_NOT_FOUND', 404, 'no such incident');
    const asOf = await tx.now();
    const facts = this.factsOf(row);
    return { spans: holdersOf(facts, asOf), pingPong: pingPongOf(facts.leads), asOf };
  }

  /** By body, over the cases detected in a time. */
  async byBody(tx: Transaction, period: { from: Date; to: Date }): Promise<HolderRow[]> {
    const asOf = await tx.now();
    const totals = new Map<string, HolderRow>();
    const of = (bodyId: string): HolderRow => {
      const row = totals.get(bodyId) ?? { bodyId, cases: 0, minutes: 0, returns: 0, returnsUpheld: 0, pingPong: 0 };
      totals.set(bodyId, row);
      return row;
    };
    for (const row of await this.rows(tx, period)) {
      const facts = this.factsOf(row);
      const spans = holdersOf(facts, asOf);
      for (const bodyId of new Set(spans.map((span) => span.bodyId))) of(bodyId).cases += 1;
      for (const span of spans) of(span.bodyId).minutes += span.minutes;
      for (const bodyId of new Set(facts.leads.map((lead) => lead.bodyId)))
        of(bodyId).pingPong += pingPongOf(facts.leads);
      for (const given of row.returns ?? []) {
        of(given.bodyId).returns += 1;
        if (given.upheld === true) of(given.bodyId).returnsUpheld += 1;
      }
    }
    return [...totals.values()].sort((a, b) => b.minutes - a.minutes);
  }

  private factsOf(row: Row): HolderFacts {
    const { city } = this.directory;
    const owner = city.bodyFor(row.jurisdiction, city.roles.queue) ?? city.bodyFor(city.root.code, city.roles.queue);
    const instant = (text: string | null) => (text === null ? null : new Date(text));
    return {
      detectedAt: row.detectedAt,
      closedAt: row.closedAt,
      ownerBodyId: owner?.id ?? city.roles.queue,
      leads: (row.leads ?? []).map((lead) => ({
        bodyId: lead.bodyId,
        dispatchedAt: new Date(lead.dispatchedAt),
        endedAt: instant(lead.endedAt),
        completed: lead.state === 'completed',
      })),
      returns: (row.returns ?? [])
        .filter((given) => given.role === 'lead')
        .map((given) => ({ from: new Date(given.at), to: instant(given.decidedAt) ?? instant(given.endedAt) })),
      disputes: (row.disputes ?? []).map((dispute) => ({
        coordinatorBodyId: dispute.coordinatorBodyId,
        from: new Date(dispute.since),
        to: instant(dispute.decidedAt),
      })),
    };
  }

  private rows(tx: Transaction, of: { incidentId: string } | { from: Date; to: Date }): Promise<Row[]> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const chosen =
      'incidentId' in of
        ? `i.id = ${bind(of.incidentId)}`
        : `i.detected_at >= ${bind(of.from)} AND i.detected_at < ${bind(of.to)} AND NOT i.drill AND i.state NOT IN ('rejected', 'merged', 'outOfArea')`;
    return tx.query<Row>(
      `SELECT i.id, i.jurisdiction, i.detected_at AS "detectedAt", i.closed_at AS "closedAt",
              (SELECT jsonb_agg(jsonb_build_object('bodyId', a.body_id, 'dispatchedAt', a.dispatched_at, 'endedAt', a.ended_at, 'state', a.state) ORDER BY a.dispatched_at, a.id)
                 FROM assignments a WHERE a.incident_id = i.id AND a.role = 'lead') AS leads,
              (SELECT jsonb_agg(jsonb_build_object('bodyId', a.body_id, 'role', a.role, 'at', a.return_request->>'at', 'decidedAt', a.return_request->'decided'->>'at',
                        'upheld', a.return_request->'decided'->'upheld', 'endedAt', a.ended_at) ORDER BY a.return_request->>'at')
                 FROM assignments a WHERE a.incident_id = i.id AND a.return_request IS NOT NULL) AS returns,
              (SELECT jsonb_agg(jsonb_build_object('coordinatorBodyId', d.coordinator_body_id, 'since', d.since, 'decidedAt', d.decided_at) ORDER BY d.since)
                 FROM disputes d WHERE d.incident_id = i.id) AS disputes
         FROM ${incidents} i WHERE ${chosen} ORDER BY i.detected_at DESC LIMIT ${MAX_CASES}`,
      parameters,
    );
  }
}
