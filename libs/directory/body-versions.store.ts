import type { Transaction } from '#platform/database/database.js';

/** A body as it was on a day. */
export interface BodyOfDay {
  bodyId: string;
  name: string;
  shortName: string;
}

/** The name of bodies on the day of an instant; before the first recorded change the first known name holds. */
export const bodiesAt = (tx: Transaction, bodyIds: readonly string[], at: Date): Promise<BodyOfDay[]> =>
  tx.query<BodyOfDay>(
    `SELECT b.id AS "bodyId", coalesce(v.name, b.name) AS name, coalesce(v.short_name, b.short_name) AS "shortName" FROM bodies b
       LEFT JOIN LATERAL (
         SELECT x.name, x.short_name FROM body_versions x WHERE x.body_id = b.id
          ORDER BY x.valid_from > ($2::timestamptz AT TIME ZONE 'Asia/Shanghai')::date, CASE WHEN x.valid_from <= ($2::timestamptz AT TIME ZONE 'Asia/Shanghai')::date THEN -(x.valid_from - DATE '1900-01-01') ELSE x.valid_from - DATE '1900-01-01' END LIMIT 1) v ON true
      WHERE b.id = ANY($1::text[])`,
    [bodyIds, at],
  );

/** Records a name from a day on. The name that held until then is kept as the first version, so that old cases still show it. */
export async function renameBody(
  tx: Transaction,
  change: { bodyId: string; name: string; shortName: string; validFrom: string; by: string },
): Promise<boolean> {
  const now = await tx.one<{ name: string; shortName: string }>(
    'SELECT name, short_name AS "shortName" FROM bodies WHERE id = $1',
    [change.bodyId],
  );
  if (now === undefined) return false;
  const versions = await tx.one(`SELECT 1 FROM body_versions WHERE body_id = $1 LIMIT 1`, [change.bodyId]);
  if (versions === undefined && now.name === change.name && now.shortName === change.shortName) return false;
  await tx.query(
    `INSERT INTO body_versions (body_id, valid_from, name, short_name, recorded_by)
     SELECT $1, DATE '1900-01-01', $2, $3, $4 WHERE NOT EXISTS (SELECT 1 FROM body_versions WHERE body_id = $1)`,
    [change.bodyId, now.name, now.shortName, change.by],
  );
  await tx.query(
    `INSERT INTO body_versions (body_id, valid_from, name, short_name, recorded_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (body_id, valid_from) DO UPDATE SET name = excluded.name, short_name = excluded.short_name, recorded_by = excluded.recorded_by`,
    [change.bodyId, change.validFrom, change.name, change.shortName, change.by],
  );
  return true;
}
