import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { nextNumber } from '#platform/numbers/number-series.js';
import { type Incident, type IncidentPatch, Incidents } from './contract.js';
import { mayMove } from './rules/incident-states.js';

export const INCIDENT_COLUMNS = `i.id, i.number, i.title, i.state, i.category, i.categories, i.grade, i.grade_basis AS "gradeBasis", i.grade_details AS "gradeDetails",
  i.heat_level AS "heatLevel", i.heat_score AS "heatScore", i.heat_details AS "heatDetails", i.jurisdiction, i.body_ids AS "bodyIds", i.lead_body_id AS "leadBodyId", i.drill, i.policy_pack AS "policyPack",
  i.occurred_at AS "occurredAt", i.first_public_at AS "firstPublicAt", i.detected_at AS "detectedAt", i.graded_at AS "gradedAt", i.dispatched_at AS "dispatchedAt",
  i.stamp_sources AS "stampSources", i.item_count AS "itemCount", i.last_item_at AS "lastItemAt", i.representative_item_id AS "representativeItemId",
  i.snoozed_until AS "snoozedUntil", i.merged_into AS "mergedInto", i.follows, i.disposition, i.version`;

/** Columns by field name: what `update` may set. */
const COLUMN: Record<string, string> = {
  title: 'title',
  state: 'state',
  category: 'category',
  categories: 'categories',
  grade: 'grade',
  gradeBasis: 'grade_basis',
  gradeDetails: 'grade_details',
  heatLevel: 'heat_level',
  heatScore: 'heat_score',
  heatDetails: 'heat_details',
  jurisdiction: 'jurisdiction',
  bodyIds: 'body_ids',
  leadBodyId: 'lead_body_id',
  occurredAt: 'occurred_at',
  firstPublicAt: 'first_public_at',
  detectedAt: 'detected_at',
  gradedAt: 'graded_at',
  dispatchedAt: 'dispatched_at',
  stampSources: 'stamp_sources',
  itemCount: 'item_count',
  lastItemAt: 'last_item_at',
  representativeItemId: 'representative_item_id',
  snoozedUntil: 'snoozed_until',
  snoozedHeat: 'snoozed_heat',
  mergedInto: 'merged_into',
  disposition: 'disposition',
  decidedBy: 'decided_by',
  closedAt: 'closed_at',
};
const JSON_FIELDS = new Set(['categories', 'gradeDetails', 'stampSources', 'heatDetails']);

export type IncidentChange = Partial<Omit<Incident, 'id' | 'number' | 'version'>> & {
  closedAt?: Date | null;
  decidedBy?: string;
  snoozedHeat?: number | null;
};

/** What an incident begins with; later stages set the rest. */
export type NewIncident = Omit<
  Incident,
  | 'id'
  | 'number'
  | 'version'
  | 'snoozedUntil'
  | 'mergedInto'
  | 'bodyIds'
  | 'leadBodyId'
  | 'dispatchedAt'
  | 'disposition'
>;

/** Writes and reads by id of the incidents table, which this stage owns. */
export class IncidentsStore extends Incidents {
  async lock(tx: Transaction, id: string, expectedVersion?: number): Promise<Incident> {
    const parameters: unknown[] = [];
    const visible = tx.visible('incidents', parameters);
    parameters.push(id);
    const seen = await tx.one(`SELECT 1 FROM ${visible} v WHERE v.id = $${parameters.length}`, parameters);
    const incident =
      seen && (await tx.one<Incident>(`SELECT ${INCIDENT_COLUMNS} FROM incidents i WHERE i.id = $1 FOR UPDATE`, [id]));
    if (incident === undefined) throw new DomainError('INCIDENT_NOT_FOUND', 404, 'no such incident');
    if (expectedVersion !== undefined && incident.version !== expectedVersion)
      throw new DomainError('VERSION_CONFLICT', 412, 'the incident has changed since it was read', {
        expected: expectedVersion,
        actual: incident.version,
      });
    return incident;
  }

  async move(tx: Transaction, incident: Incident, patch: IncidentPatch): Promise<number> {
    if (patch.state !== undefined && !mayMove(incident.state, patch.state))
      throw new DomainError(
        'INCIDENT_STATE',
        409,
        `an incident that is ${incident.state} can't become ${patch.state}`,
        { from: incident.state, to: patch.state },
      );
    return this.update(tx, incident.id, patch);
  }

  /** Sets the given fields, raises the version and returns it. */
  async update(tx: Transaction, id: string, change: IncidentChange): Promise<number> {
    const fields = Object.entries(change).filter(([, value]) => value !== undefined);
    const sets = fields.map(([field], index) => `${COLUMN[field]!} = $${index + 2}`);
    const values = fields.map(([field, value]) => (JSON_FIELDS.has(field) ? JSON.stringify(value) : value));
    const rows = await tx.query<{ version: number }>(
      `UPDATE incidents SET ${[...sets, 'version = version + 1', 'updated_at = huiying_now()'].join(', ')} WHERE id = $1 RETURNING version`,
      [id, ...values],
    );
    if (rows[0] === undefined) throw new DomainError('INCIDENT_NOT_FOUND', 404, 'no such incident');
    return rows[0].version;
  }

  /** Inserts a new incident; its number comes from the series of its place and year. */
  async insert(tx: Transaction, incident: NewIncident, series: string): Promise<{ id: string; number: string }> {
    const id = newId();
    const number = await nextNumber(tx, series);
    await tx.query(
      `INSERT INTO incidents (id, number, title, state, category, categories, grade, grade_basis, grade_details, heat_level, heat_score, jurisdiction, drill, policy_pack,
                              occurred_at, first_public_at, detected_at, graded_at, stamp_sources, item_count, last_item_at, representative_item_id, heat_details, follows, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, huiying_now(), huiying_now())`,
      [
        id,
        number,
        incident.title,
        incident.state,
        incident.category,
        JSON.stringify(incident.categories),
        incident.grade,
        incident.gradeBasis,
        JSON.stringify(incident.gradeDetails),
        incident.heatLevel,
        incident.heatScore,
        incident.jurisdiction,
        incident.drill,
        incident.policyPack,
        incident.occurredAt,
        incident.firstPublicAt,
        incident.detectedAt,
        incident.gradedAt,
        JSON.stringify(incident.stampSources),
        incident.itemCount,
        incident.lastItemAt,
        incident.representativeItemId,
        JSON.stringify(incident.heatDetails),
        incident.follows,
      ],
    );
    return { id, number };
  }
}
