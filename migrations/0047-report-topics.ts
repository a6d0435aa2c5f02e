import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureTable } from './security.js';

/** The topics (domain R11) of the incidents of `cases`. */
const topicsOf = (cases: string): string => `
  SELECT i.incident_id, i.jurisdiction, i.body_ids, i.lead_body_id, i.state, i.drill, i.detected_at, t.topic
    FROM ${cases} i JOIN incidents n ON n.id = i.incident_id CROSS JOIN LATERAL jsonb_array_elements_text(n.categories->'tags') t (topic)
   WHERE jsonb_typeof(n.categories->'tags') = 'array'`;

const IN_SCOPE =
  'coalesce(jurisdiction LIKE ANY ((SELECT huiying_places())::text[]), false) OR coalesce(body_ids && (SELECT huiying_bodies()), false)';

/**
 * Reports: \`report_topics\`, one narrow row for each topic of an incident, so that a report by topic opens no reasons of
 * triage. It is taken anew whenever \`report_cases\` is.
 */
export class ReportTopics1764000000047 implements MigrationInterface {
  readonly name = 'ReportTopics1764000000047';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE report_topics (
         incident_id uuid NOT NULL REFERENCES report_cases (incident_id), jurisdiction text NOT NULL, body_ids text[] NOT NULL, lead_body_id text, state text NOT NULL, drill boolean NOT NULL,
         detected_at timestamptz NOT NULL, topic text NOT NULL)`,
      'CREATE INDEX report_topics_incident ON report_topics (incident_id)',
      'CREATE INDEX report_topics_detected ON report_topics (detected_at)',
      `CREATE FUNCTION report_topics_refresh() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET enable_nestloop = on AS $$
         BEGIN
           DELETE FROM report_topics WHERE incident_id IN (SELECT incident_id FROM taken);
           INSERT INTO report_topics ${topicsOf('taken')};
           RETURN NULL;
         END $$`,
      ...['INSERT', 'UPDATE'].map(
        (verb) =>
          `CREATE TRIGGER report_topics_refresh_${verb.toLowerCase()} AFTER ${verb} ON report_cases REFERENCING NEW TABLE AS taken FOR EACH STATEMENT EXECUTE FUNCTION report_topics_refresh()`,
      ),
      `INSERT INTO report_topics ${topicsOf('report_cases')}`,
      ...secureTable('report_topics', { app: { using: IN_SCOPE, verbs: 'SELECT' } }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
