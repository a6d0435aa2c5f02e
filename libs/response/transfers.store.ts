import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';

/** What the addressee answered: a receipt with its number, or that no illegality was found. */
export interface TransferReceipt {
  result: 'accepted' | 'noIllegality';
  reference: string;
  by: string;
  note: string;
}

/** A hand-over of suspected illegality to police or network regulator (R14, PB18 一(五)). `content` is the frozen manifest. */
export interface Transfer {
  id: string;
  incidentId: string;
  number: string;
  addressee: string;
  reason: string;
  content: string;
  sha256: string;
  madeByName: string;
  madeAt: Date;
  receipt: TransferReceipt | null;
  receivedAt: Date | null;
  version: number;
}

const COLUMNS = `t.id, t.incident_id AS "incidentId", t.number, t.addressee, t.reason, t.content, t.sha256, t.made_by_name AS "madeByName", t.made_at AS "madeAt",
  t.receipt, t.received_at AS "receivedAt", t.version`;

export async function insertTransfer(
  tx: Transaction,
  t: Pick<Transfer, 'incidentId' | 'number' | 'addressee' | 'reason' | 'content' | 'sha256' | 'madeAt'> & {
    by: { id: string; name: string };
  },
): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO transfers (id, incident_id, number, addressee, reason, content, sha256, made_by, made_by_name, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [id, t.incidentId, t.number, t.addressee, t.reason, t.content, t.sha256, t.by.id, t.by.name, t.madeAt],
  );
  return id;
}

export async function findTransfer(tx: Transaction, id: string): Promise<Transfer> {
  const parameters: unknown[] = [];
  const visible = tx.visible('transfers', parameters);
  parameters.push(id);
  const row = await tx.one<Transfer>(
    `SELECT ${COLUMNS} FROM ${visible} t WHERE t.id = $${parameters.length}`,
    parameters,
  );
  if (row === undefined) throw new DomainError('TRANSFER_NOT_FOUND', 404, 'no such hand-over');
  return row;
}

export async function transfersOf(tx: Transaction, incidentId: string): Promise<Transfer[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('transfers', parameters);
  parameters.push(incidentId);
  return tx.query<Transfer>(
    `SELECT ${COLUMNS} FROM ${visible} t WHERE t.incident_id = $${parameters.length} ORDER BY t.made_at, t.id`,
    parameters,
  );
}

/** Fenced: a receipt is written once. */
export async function saveReceipt(
  tx: Transaction,
  id: string,
  receipt: TransferReceipt & { receivedAt: Date },
): Promise<number> {
  const { receivedAt, ...answer } = receipt;
  const row = await tx.one<{ version: number }>(
    'UPDATE transfers SET receipt = $2, received_at = $3, version = version + 1 WHERE id = $1 AND receipt IS NULL RETURNING version',
    [id, JSON.stringify(answer), receivedAt],
  );
  if (row === undefined) throw new DomainError('ALREADY_RECEIVED', 409, 'the receipt of this hand-over is recorded');
  return row.version;
}
