/** What the transaction is for. `case` work is limited by jurisdictions and bodies; the others open tables that are nobody's case. */
export type Purpose = 'case' | 'authentication' | 'administration' | 'audit' | 'reveal';

/**
 * What a transaction of the api may see: every row whose jurisdiction lies in one of `jurisdictions` (codes; a city covers
 * its counties) or that one of `bodies` takes part in. Empty lists see nothing.
 */
export interface Scope {
  purpose: Purpose;
  jurisdictions: string[];
  bodies: string[];
}

export const NO_SCOPE: Scope = { purpose: 'case', jurisdictions: [], bodies: [] };
export const AUTHENTICATION_SCOPE: Scope = { purpose: 'authentication', jurisdictions: [], bodies: [] };

/** The LIKE pattern of a jurisdiction: a city (…00) covers its counties, a county its towns (domain 5.5). */
export function jurisdictionPattern(code: string): string {
  return `${code.replace(/(00)+$/, '')}%`;
}

/** The predicate of the repository layer for one table: text of SQL, and the values that it takes. */
export interface Predicate {
  sql: string;
  values: unknown[];
}

const inScope = (scope: Scope, jurisdiction: string, bodies: string): Predicate => ({
  sql: `(${jurisdiction} LIKE ANY ($1::text[]) OR ${bodies} && $2::text[])`,
  values: [scope.jurisdictions.map(jurisdictionPattern), scope.bodies],
});

const ofIncident = (scope: Scope): Predicate => {
  const incident = inScope(scope, 'i.jurisdiction', 'i.body_ids');
  return {
    sql: `EXISTS (SELECT 1 FROM incidents i WHERE i.id = t.incident_id AND ${incident.sql})`,
    values: incident.values,
  };
};

const ofJurisdiction = (scope: Scope): Predicate => inScope(scope, 't.jurisdiction', `NULL::text[]`);

/**
 * The same for tables that are read by the period. PostgreSQL, which may not look at statistics behind row-level
 * security, takes a LIKE for one row in 200 and would walk loops over a quarter; of a `coalesce` it expects every second.
 */
const ofMany = (scope: Scope): Predicate => {
  const { sql, values } = inScope(scope, 't.jurisdiction', 't.body_ids');
  return { sql: `coalesce(${sql}, false)`, values };
};

const ofSource = (scope: Scope): Predicate => ({
  sql: `EXISTS (SELECT 1 FROM sources s WHERE s.id = t.source_id AND (s.jurisdiction LIKE ANY ($1::text[]) OR $2::text[] IS NULL))`,
  values: [scope.jurisdictions.map(jurisdictionPattern), scope.bodies],
});

/**
 * The one list of what a scope means for each table that holds rows of a case or a jurisdiction, alias `t`. Row-level
 * security says the same a second time in the database; each is proved alone (docs/security.md).
 */
export const SCOPE_PREDICATES = {
  incidents: (scope: Scope) => inScope(scope, 't.jurisdiction', 't.body_ids'),
  items: (scope: Scope): Predicate => {
    const incident = inScope(scope, 'i.jurisdiction', 'i.body_ids');
    return {
      sql: `(t.jurisdiction LIKE ANY ($1::text[]) OR EXISTS (SELECT 1 FROM incident_items l JOIN incidents i ON i.id = l.incident_id WHERE l.item_id = t.id AND ${incident.sql}))`,
      values: incident.values,
    };
  },
  sources: ofJurisdiction,
  imports: ofSource,
  rejections: ofSource,
  source_gaps: ofSource,
  source_hours: ofSource,
  monitoring_modes: ofJurisdiction,
  monitoring_standards: (scope: Scope) => inScope(scope, 't.jurisdiction', 'ARRAY[t.body_id]'),
  incident_items: ofIncident,
  routing_proposals: ofIncident,
  assignments: ofIncident,
  lead_decisions: ofIncident,
  disputes: ofIncident,
  dispute_steps: ofIncident,
  statements: ofIncident,
  evidence: ofIncident,
  press_conferences: ofIncident,
  reports_up: ofIncident,
  dispositions: ofIncident,
  close_outs: ofIncident,
  wording_sheets: ofIncident,
  evidence_checks: ofIncident,
  attachments: ofIncident,
  conference_steps: ofIncident,
  transfers: ofIncident,
  effect_evaluations: ofIncident,
  response_clocks: ofIncident,
  clock_firings: ofIncident,
  incident_deadlines: ofIncident,
  ladder_plans: ofIncident,
  escalations: ofIncident,
  deliveries: ofIncident,
  ledger_entries: ofIncident,
  hot_spots: ofIncident,
  presences: ofIncident,
  watch_hits: ofIncident,
  watches: ofJurisdiction,
  report_cases: ofMany,
  report_acts: ofMany,
  report_topics: ofMany,
  known_events: ofJurisdiction,
  bulletin_objections: (scope: Scope) => inScope(scope, 't.jurisdiction', 't.body_ids'),
  report_snapshots: (scope: Scope) => inScope(scope, 't.jurisdiction', 't.body_ids'),
  third_party_values: (scope: Scope) => inScope(scope, 't.jurisdiction', 't.body_ids'),
} satisfies Record<string, (scope: Scope) => Predicate>;

export type ScopedTable = keyof typeof SCOPE_PREDICATES;
