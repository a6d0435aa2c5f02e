import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { decimalText } from './rules/decimal.js';
import type { NamedBody, ThirdPartyValue } from './rules/third-party-rows.js';

/** One value of a third party as it is read: what was measured of whom, with its counts and where it stands in the file. */
export interface StoredValue {
  id: string;
  importId: string;
  evaluator: string;
  period: string;
  sheet: string;
  row: number;
  bodyId: string;
  bodyName: string;
  indicator: string;
  /** Plain decimals, since scores have parts. */
  numerator: string;
  denominator: string;
  weight: string | null;
  note: string;
  sha256: string;
  importedAt: Date;
  importedByName: string;
}

/** Which file it was, of whom, for which period. */
export interface ImportedFile {
  importId: string;
  evaluator: string;
  period: string;
  sha256: string;
  at: Date;
  by: { id: string; name: string };
}

export const namedBodies = (tx: Transaction): Promise<NamedBody[]> =>
  tx.query<NamedBody>('SELECT id, name, short_name AS "shortName", jurisdiction FROM bodies');

/** The import of the same file for the same evaluator and period that still stands, if any. */
export async function standingImport(
  tx: Transaction,
  { evaluator, period, sha256 }: Pick<ImportedFile, 'evaluator' | 'period' | 'sha256'>,
): Promise<string | undefined> {
  const parameters: unknown[] = [];
  const visible = tx.visible('third_party_values', parameters);
  parameters.push(evaluator, period, sha256);
  const n = parameters.length;
  const row = await tx.one<{ importId: string }>(
    `SELECT v.import_id AS "importId" FROM ${visible} v WHERE v.evaluator = $${n - 2} AND v.period = $${n - 1} AND v.sha256 = $${n} AND v.replaced_by IS NULL LIMIT 1`,
    parameters,
  );
  return row?.importId;
}

/** Says of the values that stand for an evaluator and a period that a newer file takes their place; returns how many. */
export async function replaceValues(
  tx: Transaction,
  { evaluator, period, importId }: Pick<ImportedFile, 'evaluator' | 'period' | 'importId'>,
): Promise<number> {
  const parameters: unknown[] = [];
  const visible = tx.visible('third_party_values', parameters);
  parameters.push(evaluator, period, importId);
  const n = parameters.length;
  const rows = await tx.query(
    `UPDATE third_party_values SET replaced_by = $${n} WHERE id IN (
       SELECT v.id FROM ${visible} v WHERE v.evaluator = $${n - 2} AND v.period = $${n - 1} AND v.replaced_by IS NULL) RETURNING id`,
    parameters,
  );
  return rows.length;
}

export async function insertValues(
  tx: Transaction,
  file: ImportedFile,
  values: readonly ThirdPartyValue[],
): Promise<void> {
  const rows = values.map(({ numerator, denominator, weight, ...value }) => ({
    id: newId(),
    ...value,
    numerator: decimalText(numerator),
    denominator: decimalText(denominator),
    weight: weight === null ? null : decimalText(weight),
  }));
  await tx.query(
    `INSERT INTO third_party_values (id, import_id, evaluator, period, row, sheet, jurisdiction, body_id, body_ids, indicator, numerator, denominator, weight, note, sha256, imported_at, imported_by, imported_by_name)
     SELECT v.id, $2, $3, $4, v.row, v.sheet, v.jurisdiction, v."bodyId", ARRAY[v."bodyId"], v.indicator, v.numerator, v.denominator, v.weight, v.note, $5, $6, $7, $8
       FROM jsonb_to_recordset($1::jsonb) AS v (id uuid, row int, sheet text, jurisdiction text, "bodyId" text, indicator text, numerator numeric, denominator numeric, weight numeric, note text)`,
    [JSON.stringify(rows), file.importId, file.evaluator, file.period, file.sha256, file.at, file.by.id, file.by.name],
  );
}

/** The values that stand for a period, or the newest of all, by evaluator and body. */
export async function listValues(tx: Transaction, period: string | undefined, limit: number): Promise<StoredValue[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('third_party_values', parameters);
  parameters.push(period ?? null, limit);
  const n = parameters.length;
  return tx.query<StoredValue>(
    `SELECT v.id, v.import_id AS "importId", v.evaluator, v.period, v.sheet, v.row, v.body_id AS "bodyId", b.name AS "bodyName", v.indicator,
            trim_scale(v.numerator)::text AS numerator, trim_scale(v.denominator)::text AS denominator, trim_scale(v.weight)::text AS weight, v.note, v.sha256,
            v.imported_at AS "importedAt", v.imported_by_name AS "importedByName"
       FROM ${visible} v JOIN bodies b ON b.id = v.body_id
      WHERE v.replaced_by IS NULL AND ($${n - 1}::text IS NULL OR v.period = $${n - 1}) ORDER BY v.period DESC, v.evaluator, b.name, v.sheet, v.row LIMIT $${n}`,
    parameters,
  );
}
