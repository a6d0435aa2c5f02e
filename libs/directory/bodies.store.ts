import type { Transaction } from '#platform/database/database.js';
import type { Body } from './contract.js';

/** Writes the bodies of the city's pack; one that is there already gets its new names, none is deleted: old incidents show the body of their day. */
export async function saveBodies(tx: Transaction, bodies: readonly Body[]): Promise<void> {
  // A pack that names a body anew doesn't rename it in old cases.
  await tx.query(
    `WITH changed AS (
       SELECT b.id, b.name, b.short_name, l.name AS new_name, l.short_name AS new_short_name FROM bodies b JOIN unnest($1::text[], $2::text[], $3::text[]) AS l(id, name, short_name) ON l.id = b.id
        WHERE b.name <> l.name OR b.short_name <> l.short_name),
     first AS (
       INSERT INTO body_versions (body_id, valid_from, name, short_name, recorded_by) SELECT id, DATE '1900-01-01', name, short_name, 'pack' FROM changed
       ON CONFLICT DO NOTHING)
     INSERT INTO body_versions (body_id, valid_from, name, short_name, recorded_by)
     SELECT id, (huiying_now() AT TIME ZONE 'Asia/Shanghai')::date, new_name, new_short_name, 'pack' FROM changed
     ON CONFLICT (body_id, valid_from) DO UPDATE SET name = excluded.name, short_name = excluded.short_name`,
    [bodies.map((b) => b.id), bodies.map((b) => b.name), bodies.map((b) => b.shortName)],
  );
  // Parents and regulators first may be impossible in a cycle-free but unordered list, so the links are set in a second step.
  await tx.query(
    `INSERT INTO bodies (id, code, jurisdiction, name, short_name, kind, level, valid_from, valid_to, details)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::date[], $9::date[], $10::jsonb[])
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, short_name = excluded.short_name, kind = excluded.kind, level = excluded.level,
       valid_from = excluded.valid_from, valid_to = excluded.valid_to, details = excluded.details`,
    [
      bodies.map((b) => b.id),
      bodies.map((b) => b.code),
      bodies.map((b) => b.jurisdiction),
      bodies.map((b) => b.name),
      bodies.map((b) => b.shortName),
      bodies.map((b) => b.kind),
      bodies.map((b) => b.level),
      bodies.map((b) => b.validFrom),
      bodies.map((b) => b.validTo),
      bodies.map((b) => JSON.stringify({ duty: b.duty })),
    ],
  );
  await tx.query(
    `UPDATE bodies SET parent_id = l.parent, regulator_id = l.regulator FROM unnest($1::text[], $2::text[], $3::text[]) AS l(id, parent, regulator) WHERE bodies.id = l.id`,
    [bodies.map((b) => b.id), bodies.map((b) => b.parent), bodies.map((b) => b.regulator)],
  );
}
