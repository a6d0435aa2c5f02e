import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureTable } from './security.js';

/** Rows that changed put their incident on the list to be taken anew; appending never waits for a reader. */
const marks = (table: string): string[] => [
  `CREATE FUNCTION ${table}_report_stale() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
     BEGIN INSERT INTO report_stale SELECT DISTINCT incident_id FROM changed; RETURN NULL; END $$`,
  ...['INSERT', 'UPDATE'].map(
    (verb) =>
      `CREATE TRIGGER ${table}_report_stale_${verb.toLowerCase()} AFTER ${verb} ON ${table} REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${table}_report_stale()`,
  ),
];

/** What the incidents of `cases` have to show of acts that reports count; nothing in it depends on the time of a report. */
const actsOf = (cases: string): string => `
  SELECT i.incident_id, i.jurisdiction, i.body_ids, i.state, i.drill, x.kind, x.body_id, x.subject, x.at, x.done_at, x.returned, x.upheld
    FROM ${cases} i CROSS JOIN LATERAL (
      SELECT a.incident_id, 'order' AS kind, a.body_id, a.number AS subject, a.dispatched_at AS at, a.acknowledged_at AS done_at,
             a.return_request IS NOT NULL AS returned, a.return_request IS NOT NULL AND a.state = 'returned' AS upheld
        FROM assignments a WHERE a.incident_id = i.incident_id AND a.role <> 'copy'
      UNION ALL
      SELECT c.incident_id, CASE c.act WHEN 'signFor' THEN 'signFor' WHEN 'continuingRelease' THEN 'interval' ELSE 'feedback' END, c.body_id, c.label, c.due_at,
             CASE WHEN c.state IN ('met', 'metLate') THEN c.state_at END, false, false
        FROM response_clocks c
       WHERE c.incident_id = i.incident_id AND NOT c.drill AND c.state NOT IN ('superseded', 'cancelled', 'notApplicable')
         AND (c.act = 'continuingRelease' OR (c.scope = 'inner' AND c.act IN ('signFor', 'verificationFeedback', 'handlingFeedback') AND c.force = 'limit'
              AND c.body_id IS NOT NULL AND c.state <> 'overdueAtUpgrade'))
      UNION ALL
      SELECT e.incident_id, e.step, e.addressee_body_id, coalesce(e.number, e.step), coalesce(e.issued_at, e.at), NULL, false, false
        FROM escalations e WHERE e.incident_id = i.incident_id AND NOT e.drill AND e.addressee_body_id IS NOT NULL AND e.state NOT IN ('proposed', 'dismissed', 'withdrawn')
      UNION ALL
      SELECT s.incident_id, 'release', s.body_id, s.number || ' ' || s.title, s.published_at, (SELECT min(o.published_at) FROM statements o WHERE o.corrects = s.id), false, false
        FROM statements s WHERE s.incident_id = i.incident_id AND s.corrects IS NULL AND s.published_at IS NOT NULL) x`;

/**
 * Reports: \`report_acts\`, one narrow row for each act that a report counts (order, due sign-for, feedback and interval,
 * act of the ladder, release) with the scope of its incident beside it, so that a quarter joins nothing. It is taken anew
 * whenever \`report_cases\` is.
 */
export class ReportActs1764000000025 implements MigrationInterface {
  readonly name = 'ReportActs1764000000025';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE report_acts (
         incident_id uuid NOT NULL REFERENCES report_cases (incident_id), jurisdiction text NOT NULL, body_ids text[] NOT NULL, state text NOT NULL, drill boolean NOT NULL,
         kind text NOT NULL, body_id text, subject text NOT NULL, at timestamptz NOT NULL, done_at timestamptz, returned boolean NOT NULL, upheld boolean NOT NULL)`,
      'CREATE INDEX report_acts_incident ON report_acts (incident_id)',
      'CREATE INDEX report_acts_at ON report_acts (kind, at)',
      `CREATE INDEX evidence_published ON evidence (published_at DESC) WHERE state = 'proven' AND url IS NOT NULL`,
      'CREATE INDEX evidence_statement ON evidence (statement_id)',
      `CREATE INDEX response_clocks_open ON response_clocks (due_at, id) WHERE state IN ('armed', 'dueSoon', 'overdue', 'overdueAtUpgrade')`,
      'CREATE INDEX statements_corrects ON statements (corrects) WHERE corrects IS NOT NULL',
      ...['assignments', 'escalations', 'statements'].flatMap(marks),
      `CREATE FUNCTION report_acts_refresh() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
         BEGIN
           IF NOT EXISTS (SELECT 1 FROM taken) THEN RETURN NULL; END IF;
           DELETE FROM report_acts WHERE incident_id IN (SELECT incident_id FROM taken);
           INSERT INTO report_acts ${actsOf('taken')};
           RETURN NULL;
         END $$`,
      ...['INSERT', 'UPDATE'].map(
        (verb) =>
          `CREATE TRIGGER report_acts_refresh_${verb.toLowerCase()} AFTER ${verb} ON report_cases REFERENCING NEW TABLE AS taken FOR EACH STATEMENT EXECUTE FUNCTION report_acts_refresh()`,
      ),
      'SELECT report_refresh()',
      `INSERT INTO report_acts ${actsOf('report_cases')} WHERE NOT EXISTS (SELECT 1 FROM report_acts k WHERE k.incident_id = i.incident_id)`,
      ...secureTable('report_acts', { app: { using: IN_SCOPE_ONCE, verbs: 'SELECT' } }),
      ...['incidents', 'report_cases'].map((table) => `ALTER POLICY ${table}_app ON ${table} USING (${IN_SCOPE_ONCE})`),
    ];
    for (const statement of [...SCOPE_FUNCTIONS, ...statements]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** What `huiying_in_scope` says, with the settings taken apart once a query instead of once a row. */
const IN_SCOPE_ONCE =
  'coalesce(jurisdiction LIKE ANY ((SELECT huiying_places())::text[]), false) OR coalesce(body_ids && (SELECT huiying_bodies()), false)';
const settingAsArray = (name: string, setting: string): string =>
  `CREATE FUNCTION ${name}() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT string_to_array(nullif(current_setting('${setting}', true), ''), ',') $$`;
const SCOPE_FUNCTIONS = [
  settingAsArray('huiying_places', 'huiying.jurisdictions'),
  settingAsArray('huiying_bodies', 'huiying.bodies'),
];
