import type { Transaction } from '#platform/database/database.js';
import type { Body } from './contract.js';

/** Writes the bodies of the city's pack; one that is there already gets its new names, none is deleted: old incidents show the body of their day. */
export async function saveBodies(tx: Transaction, bodies: readonly Body[]): Promise<void> {
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
