import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DATABASE_ROLES, secureTable } from './security.js';

/** Rows that changed put their incident on the list of `report_cases` to be taken anew; appending never waits for a reader. */
const marks = (table: string, incident: string): string[] => [
  `CREATE FUNCTION ${table}_report_stale() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
     BEGIN INSERT INTO report_stale SELECT DISTINCT ${incident} FROM changed; RETURN NULL; END $$`,
  ...['INSERT', 'UPDATE'].map(
    (verb) =>
      `CREATE TRIGGER ${table}_report_stale_${verb.toLowerCase()} AFTER ${verb} ON ${table} REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${table}_report_stale()`,
  ),
];

/** What was published, by which act; what fell away binds nobody, and what was over at an upgrade is shown apart (domain 10, 4). */
const STOPPED = `c.state IN ('met', 'metLate')`;
const BINDING = `c.state <> 'overdueAtUpgrade'`;
const JUDGED = `c.act IN ('firstRelease', 'makeupRelease', 'publicResponse', 'pressConference')`;
const LIVE = `c.state NOT IN ('superseded', 'cancelled', 'notApplicable')`;

/** One row an incident: what reports ask of its public clocks, beside its own properties. Nothing in it depends on the time of a report. */
const CASE_OF_INCIDENT = `
  SELECT i.id, i.jurisdiction, i.body_ids, i.lead_body_id, i.state, i.drill, i.category, i.grade, i.heat_level, i.occurred_at, i.detected_at, i.dispatched_at, i.closed_at, coalesce(m.channel, '') AS channel,
         k.judged, k.fast, k.started_at, k.target_due, k.release_due, k.conference_due, k.response_due, k.last_due, k.released_at, k.held_at, k.response_broken, k.at_upgrade, k.answered_at, k.broken_at
    FROM incidents i LEFT JOIN items m ON m.id = i.representative_item_id
    LEFT JOIN LATERAL (
      SELECT coalesce(bool_or(${JUDGED} AND ${LIVE}), false) AS judged, bool_or(c.act <> 'publicResponse') FILTER (WHERE ${JUDGED} AND ${LIVE}) AS fast,
             min(c.started_at) FILTER (WHERE ${JUDGED} AND ${LIVE} AND c.act <> 'makeupRelease') AS started_at,
             min(c.due_at) FILTER (WHERE ${LIVE} AND c.act = 'firstRelease' AND c.force = 'target') AS target_due,
             coalesce(max(c.due_at) FILTER (WHERE ${LIVE} AND c.act = 'makeupRelease' AND ${BINDING}), min(c.due_at) FILTER (WHERE ${LIVE} AND c.act = 'firstRelease' AND c.force = 'limit' AND ${BINDING})) AS release_due,
             max(c.due_at) FILTER (WHERE ${LIVE} AND c.act = 'pressConference' AND c.force = 'limit' AND ${BINDING}) AS conference_due,
             max(c.due_at) FILTER (WHERE ${LIVE} AND c.act = 'publicResponse' AND c.force = 'limit' AND ${BINDING}) AS response_due,
             max(c.due_at) FILTER (WHERE ${LIVE} AND ${JUDGED} AND c.force = 'limit') AS last_due,
             min(c.state_at) FILTER (WHERE ${STOPPED} AND ${JUDGED} AND c.act <> 'pressConference') AS released_at,
             min(c.state_at) FILTER (WHERE ${STOPPED} AND c.act = 'pressConference') AS held_at,
             coalesce(bool_or(c.act = 'publicResponse' AND c.state IN ('overdue', 'metLate')), false) AS response_broken,
             coalesce(bool_or(${JUDGED} AND c.state = 'overdueAtUpgrade'), false) AS at_upgrade,
             min(c.state_at) FILTER (WHERE ${STOPPED} AND c.act IN ('firstRelease', 'makeupRelease', 'publicResponse')) AS answered_at,
             min(c.due_at) FILTER (WHERE c.force = 'limit' AND c.state IN ('overdue', 'metLate')) AS broken_at
        FROM response_clocks c WHERE c.incident_id = i.id AND c.scope = 'public' AND NOT c.drill) k ON true`;

/** Takes the incidents of the array `stale` anew, in the order of their ids, so that two readers never wait for each other in a circle. */
export const TAKE_STALE = `
           INSERT INTO report_cases SELECT k.* FROM (${CASE_OF_INCIDENT} WHERE i.id = ANY (stale)) k ORDER BY k.id
           ON CONFLICT (incident_id) DO UPDATE SET (jurisdiction, body_ids, lead_body_id, state, drill, category, grade, heat_level, occurred_at, detected_at, dispatched_at, closed_at, channel, judged, fast, started_at, target_due,
               release_due, conference_due, response_due, last_due, released_at, held_at, response_broken, at_upgrade, answered_at, broken_at)
             = (excluded.jurisdiction, excluded.body_ids, excluded.lead_body_id, excluded.state, excluded.drill, excluded.category, excluded.grade, excluded.heat_level, excluded.occurred_at, excluded.detected_at,
               excluded.dispatched_at, excluded.closed_at, excluded.channel, excluded.judged, excluded.fast, excluded.started_at, excluded.target_due, excluded.release_due, excluded.conference_due, excluded.response_due,
               excluded.last_due, excluded.released_at, excluded.held_at, excluded.response_broken, excluded.at_upgrade, excluded.answered_at, excluded.broken_at);`;

/**
 * Reports: objections of bodies to a frozen bulletin, events that became known otherwise, the indexes that a period reads,
 * and \`report_cases\`, one narrow row an incident, so that a quarter needs neither its clocks nor a join for its scope.
 */
export class ReportObjections1764000000012 implements MigrationInterface {
  readonly name = 'ReportObjections1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      // Null: frozen before bodies could object.
      'ALTER TABLE report_snapshots ADD COLUMN objections_until timestamptz, ADD COLUMN demands jsonb',
      `CREATE TABLE bulletin_objections (
         id uuid PRIMARY KEY, snapshot_id uuid NOT NULL REFERENCES report_snapshots (id), jurisdiction text NOT NULL, body_id text NOT NULL REFERENCES bodies (id), body_ids text[] NOT NULL,
         figure text NOT NULL, text text NOT NULL, state text NOT NULL CHECK (state IN ('filed', 'upheld', 'dismissed')), filed_at timestamptz NOT NULL, filed_by text NOT NULL, filed_by_name text NOT NULL,
         decision text, decided_at timestamptz, decided_by text, decided_by_name text, version int NOT NULL DEFAULT 1,
         CHECK ((state = 'filed') = (decided_at IS NULL)), UNIQUE (snapshot_id, body_id))`,
      `CREATE TABLE known_events (
         id uuid PRIMARY KEY, jurisdiction text NOT NULL, title text NOT NULL, origin text NOT NULL, url text, known_at timestamptz NOT NULL,
         incident_id uuid REFERENCES incidents (id), entered_at timestamptz NOT NULL, entered_by text NOT NULL, entered_by_name text NOT NULL, version int NOT NULL DEFAULT 1)`,
      'CREATE INDEX known_events_known ON known_events (known_at DESC, id)',
      'CREATE INDEX incidents_detected ON incidents (detected_at)',
      'CREATE INDEX incidents_closed ON incidents (closed_at) WHERE closed_at IS NOT NULL',
      'CREATE INDEX assignments_dispatched ON assignments (dispatched_at)',
      `CREATE INDEX response_clocks_stopped ON response_clocks (state_at) WHERE state IN ('met', 'metLate')`,
      `CREATE INDEX response_clocks_broken ON response_clocks (due_at) WHERE state IN ('overdue', 'metLate')`,
      `CREATE TABLE report_cases (
         incident_id uuid PRIMARY KEY REFERENCES incidents (id), jurisdiction text NOT NULL, body_ids text[] NOT NULL, lead_body_id text, state text NOT NULL, drill boolean NOT NULL,
         category text NOT NULL, grade text NOT NULL, heat_level text NOT NULL, occurred_at timestamptz, detected_at timestamptz NOT NULL, dispatched_at timestamptz, closed_at timestamptz, channel text NOT NULL,
         judged boolean NOT NULL, fast boolean, started_at timestamptz, target_due timestamptz, release_due timestamptz, conference_due timestamptz, response_due timestamptz, last_due timestamptz,
         released_at timestamptz, held_at timestamptz, response_broken boolean NOT NULL, at_upgrade boolean NOT NULL, answered_at timestamptz, broken_at timestamptz)`,
      ...['detected_at', 'dispatched_at', 'closed_at', 'last_due', 'answered_at', 'broken_at'].map(
        (column) => `CREATE INDEX report_cases_${column} ON report_cases (${column})`,
      ),
      'CREATE TABLE report_stale (incident_id uuid NOT NULL)',
      ...marks('incidents', 'id'),
      ...marks('response_clocks', 'incident_id'),
      `CREATE FUNCTION report_refresh() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
         DECLARE stale uuid[];
         BEGIN
           IF NOT EXISTS (SELECT 1 FROM report_stale) THEN RETURN; END IF;
           WITH taken AS (DELETE FROM report_stale RETURNING incident_id) SELECT array_agg(DISTINCT incident_id) INTO stale FROM taken;
           ${TAKE_STALE}
         END $$`,
      'REVOKE ALL ON FUNCTION report_refresh() FROM PUBLIC',
      `GRANT EXECUTE ON FUNCTION report_refresh() TO ${DATABASE_ROLES.app}`,
      `INSERT INTO report_cases ${CASE_OF_INCIDENT}`,
      ...secureTable('report_cases', {
        app: { using: 'huiying_in_scope(jurisdiction, body_ids)', verbs: 'SELECT' },
      }),
      // Whom an objection is of, and the office that decides it.
      ...secureTable('bulletin_objections', {
        app: { using: 'huiying_in_scope(jurisdiction, body_ids)', verbs: 'SELECT, INSERT, UPDATE' },
      }),
      ...secureTable('known_events', {
        app: { using: 'huiying_in_scope(jurisdiction, NULL)', verbs: 'SELECT, INSERT, UPDATE' },
      }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
