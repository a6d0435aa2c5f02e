import type { Transaction } from '#platform/database/database.js';
import type { CloseOutStep, StepRecord, StepRecords } from './rules/close-out.js';

const COLUMN: Record<CloseOutStep, string> = { rectified: 'rectified', accepted: 'accepted', struckOff: 'struck_off' };

/** The steps of closing an incident that were taken. */
export async function closeOutOf(tx: Transaction, incidentId: string): Promise<StepRecords> {
  const parameters: unknown[] = [];
  const visible = tx.visible('close_outs', parameters);
  parameters.push(incidentId);
  const row = await tx.one<Record<CloseOutStep, StepRecord | null>>(
    `SELECT c.rectified, c.accepted, c.struck_off AS "struckOff" FROM ${visible} c WHERE c.incident_id = $${parameters.length}`,
    parameters,
  );
  return Object.fromEntries(Object.entries(row ?? {}).filter(([, record]) => record !== null));
}

export async function saveStep(
  tx: Transaction,
  incidentId: string,
  step: CloseOutStep,
  record: StepRecord,
): Promise<void> {
  await tx.query(
    `INSERT INTO close_outs (incident_id, ${COLUMN[step]}) VALUES ($1, $2)
     ON CONFLICT (incident_id) DO UPDATE SET ${COLUMN[step]} = excluded.${COLUMN[step]}, version = close_outs.version + 1`,
    [incidentId, JSON.stringify(record)],
  );
}

/** The case begins anew: the steps of before stand in the ledger. */
export async function clearSteps(tx: Transaction, incidentId: string): Promise<void> {
  await tx.query(
    'UPDATE close_outs SET rectified = NULL, accepted = NULL, struck_off = NULL, version = version + 1 WHERE incident_id = $1',
    [incidentId],
  );
}

/** The manifest of the case as it stood at the strike-off, in the very bytes that were hashed. */
export async function saveArchive(
  tx: Transaction,
  incidentId: string,
  archive: { content: string; sha256: string },
): Promise<void> {
  await tx.query('UPDATE close_outs SET archive = $2, archive_sha256 = $3 WHERE incident_id = $1', [
    incidentId,
    archive.content,
    archive.sha256,
  ]);
}

export async function archiveOf(
  tx: Transaction,
  incidentId: string,
): Promise<{ content: string; sha256: string } | undefined> {
  const parameters: unknown[] = [];
  const visible = tx.visible('close_outs', parameters);
  parameters.push(incidentId);
  return tx.one<{ content: string; sha256: string }>(
    `SELECT c.archive AS content, c.archive_sha256 AS sha256 FROM ${visible} c WHERE c.incident_id = $${parameters.length} AND c.archive IS NOT NULL`,
    parameters,
  );
}
