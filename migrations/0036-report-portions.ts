import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TAKE_STALE } from './0012-report-objections.js';
import { DATABASE_ROLES } from './security.js';

/**
 * Reports: what changed is taken anew in portions. After an import of a year one statement over all of it outlasted the limit of
 * a statement, and each report that asked for it began again.
 */
export class ReportPortions1764000000036 implements MigrationInterface {
  readonly name = 'ReportPortions1764000000036';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      // True while there is more. The planner's settings of a report, made for reading a whole period, are not for single incidents.
      `CREATE FUNCTION report_refresh(portion int) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET enable_nestloop = on AS $$
         DECLARE stale uuid[];
         BEGIN
           IF NOT EXISTS (SELECT 1 FROM report_stale) THEN RETURN false; END IF;
           WITH next AS MATERIALIZED (SELECT DISTINCT incident_id FROM report_stale ORDER BY incident_id LIMIT portion),
                taken AS (DELETE FROM report_stale s USING next WHERE s.incident_id = next.incident_id RETURNING s.incident_id)
           SELECT array_agg(DISTINCT incident_id) INTO stale FROM taken;
           ${TAKE_STALE}
           RETURN EXISTS (SELECT 1 FROM report_stale);
         END $$`,
      'REVOKE ALL ON FUNCTION report_refresh(int) FROM PUBLIC',
      `GRANT EXECUTE ON FUNCTION report_refresh(int) TO ${DATABASE_ROLES.app}`,
      'DROP FUNCTION report_refresh()',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
