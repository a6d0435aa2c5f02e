import { Injectable } from '@nestjs/common';
import type { FactQuery } from './facts/fact-query.js';

/** A ground of accountability that a person upheld in the period (R38), as it stands. */
export interface UpheldGround {
  incidentId: string;
  number: string;
  bodyName: string | null;
  ground: string;
  measure: string | null;
  decidedAt: Date;
  decidedBy: string;
  rectifyBy: string | null;
  closedAt: Date | null;
}

const MAX_GROUNDS = 1_000;

@Injectable()
export class GroundsViews {
  /** By ground, then in order of the decision. */
  async upheld(query: FactQuery): Promise<UpheldGround[]> {
    return query.rows<UpheldGround>(
      `SELECT i.id AS "incidentId", n.number, b.name AS "bodyName", g.ground, g.measure, g.at AS "decidedAt", g.by AS "decidedBy", g."rectifyBy",
              CASE WHEN (g.closed->>'at')::timestamptz <= ${query.at} THEN (g.closed->>'at')::timestamptz END AS "closedAt"
         FROM ${query.visible('effect_evaluations')} v JOIN ${query.cases()} i ON i.id = v.incident_id JOIN incidents n ON n.id = i.id LEFT JOIN bodies b ON b.id = i.lead_body_id,
              jsonb_to_recordset(v.grounds) AS g (ground text, decision text, measure text, at timestamptz, by text, "rectifyBy" text, closed jsonb)
        WHERE g.decision = 'upheld' AND ${query.happened('g.at')} ORDER BY g.ground, g.at, n.number LIMIT ${MAX_GROUNDS}`,
    );
  }
}
