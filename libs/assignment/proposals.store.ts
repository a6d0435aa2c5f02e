import type { Transaction } from '#platform/database/database.js';
import type { ReturnCode } from './rules/routing/types.js';

/** A return that was accepted. */
interface PastReturn {
  body: string;
  code: ReturnCode;
  proposedBody?: string;
}

/** What routing reads of an incident. */
export interface RoutingSubject {
  incidentId: string;
  drill: boolean;
  category: string;
  itemCount: number;
  eventTypes: string[];
  text: string;
  area: string | null;
  region: string | null;
  returns: PastReturn[];
}

const MAX_ITEMS = 20;
const MAX_CHARACTERS = 6_000;

interface SubjectRow {
  id: string;
  drill: boolean;
  category: string;
  item_count: number;
  event_types: string[] | null;
  texts: string[] | null;
  area: string | null;
  region: string | null;
  returns: PastReturn[] | null;
}

/** The incidents among `ids` that nobody has been assigned to yet, or whose order came back. */
export async function routingSubjects(tx: Transaction, ids: string[]): Promise<RoutingSubject[]> {
  const rows = await tx.query<SubjectRow>(
    `SELECT i.id, i.drill, i.category, i.item_count, ARRAY(SELECT jsonb_array_elements_text(coalesce(i.grade_details->'eventTypes', '[]'))) AS event_types,
            ARRAY(SELECT m.title || '。' || m.body FROM incident_items l JOIN items m ON m.id = l.item_id WHERE l.incident_id = i.id AND l.relation = 'confirmed'
                   ORDER BY length(m.body) DESC LIMIT ${MAX_ITEMS}) AS texts,
            (SELECT mode() WITHIN GROUP (ORDER BY m.area) FROM incident_items l JOIN items m ON m.id = l.item_id WHERE l.incident_id = i.id) AS area,
            (SELECT mode() WITHIN GROUP (ORDER BY m.region) FROM incident_items l JOIN items m ON m.id = l.item_id WHERE l.incident_id = i.id) AS region,
            (SELECT jsonb_agg(jsonb_build_object('body', a.body_id, 'code', a.return_request->>'code', 'proposedBody', a.return_request->>'proposedBody') ORDER BY a.dispatched_at)
               FROM assignments a WHERE a.incident_id = i.id AND a.state = 'returned') AS returns
       FROM incidents i WHERE i.id = ANY($1::uuid[])
        AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.incident_id = i.id AND a.role = 'lead' AND a.ended_at IS NULL)`,
    [ids],
  );
  return rows.map((row) => ({
    incidentId: row.id,
    drill: row.drill,
    category: row.category,
    itemCount: row.item_count,
    eventTypes: row.event_types ?? [],
    text: (row.texts ?? []).join('\n').slice(0, MAX_CHARACTERS),
    area: row.area,
    region: row.region,
    returns: row.returns ?? [],
  }));
}

/** A proposal as it is kept. */
export interface ProposalRow {
  jurisdiction: string | null;
  leadBodyId: string | null;
  coBodyIds: string[];
  copyBodyIds: string[];
  coordinatorIds: string[];
  rule: string;
  ruleVersion: string;
  proposal: Record<string, unknown>;
}

/** Keeps the newest proposal. Returns false when it says the same as the one before. */
export async function saveProposal(tx: Transaction, incidentId: string, row: ProposalRow, at: Date): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO routing_proposals (incident_id, jurisdiction, lead_body_id, co_body_ids, copy_body_ids, coordinator_ids, rule, proposal, rule_version, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (incident_id) DO UPDATE SET jurisdiction = excluded.jurisdiction, lead_body_id = excluded.lead_body_id, co_body_ids = excluded.co_body_ids,
       copy_body_ids = excluded.copy_body_ids, coordinator_ids = excluded.coordinator_ids, rule = excluded.rule, proposal = excluded.proposal, rule_version = excluded.rule_version, at = excluded.at
      WHERE (routing_proposals.lead_body_id, routing_proposals.co_body_ids, routing_proposals.rule) IS DISTINCT FROM (excluded.lead_body_id, excluded.co_body_ids, excluded.rule)
     RETURNING incident_id`,
    [
      incidentId,
      row.jurisdiction,
      row.leadBodyId,
      row.coBodyIds,
      row.copyBodyIds,
      row.coordinatorIds,
      row.rule,
      JSON.stringify(row.proposal),
      row.ruleVersion,
      at,
    ],
  );
  return rows.length > 0;
}
