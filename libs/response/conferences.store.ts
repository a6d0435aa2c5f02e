import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { ConferenceState } from './rules/conference-states.js';

/** Somebody who speaks at a conference. The rank decides whether head or spokesperson was present (国办发〔2016〕61号). */
export interface Speaker {
  name: string;
  post: string;
  rank: string;
}

/** A press conference (新闻发布会) of a body on an incident. */
export interface Conference {
  id: string;
  incidentId: string;
  bodyId: string;
  state: ConferenceState;
  plannedAt: Date | null;
  heldAt: Date | null;
  place: string | null;
  liveUrl: string | null;
  host: string | null;
  speakers: Speaker[];
  mediaCount: number | null;
  recordUrl: string | null;
  waiver: { decidedBy: string; ground: string; at: string } | null;
  filedBy: string;
  filedAt: Date;
  version: number;
}

const COLUMNS = `pc.id, pc.incident_id AS "incidentId", pc.body_id AS "bodyId", pc.state, pc.planned_at AS "plannedAt", pc.held_at AS "heldAt", pc.place, pc.live_url AS "liveUrl",
  pc.host, pc.speakers, pc.media_count AS "mediaCount", pc.record_url AS "recordUrl", pc.waiver, pc.filed_by AS "filedBy", pc.filed_at AS "filedAt", pc.version`;

export async function insertConference(
  tx: Transaction,
  c: Pick<Conference, 'incidentId' | 'bodyId' | 'plannedAt' | 'place' | 'filedBy' | 'filedAt'>,
): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO press_conferences (id, incident_id, body_id, state, planned_at, place, filed_by, filed_at) VALUES ($1, $2, $3, 'planned', $4, $5, $6, $7)`,
    [id, c.incidentId, c.bodyId, c.plannedAt, c.place, c.filedBy, c.filedAt],
  );
  return id;
}

export async function findConference(tx: Transaction, id: string): Promise<Conference> {
  const parameters: unknown[] = [];
  const visible = tx.visible('press_conferences', parameters);
  parameters.push(id);
  const row = await tx.one<Conference>(
    `SELECT ${COLUMNS} FROM ${visible} pc WHERE pc.id = $${parameters.length}`,
    parameters,
  );
  if (row === undefined) throw new DomainError('CONFERENCE_NOT_FOUND', 404, 'no such press conference');
  return row;
}

export async function conferencesOf(tx: Transaction, incidentId: string): Promise<Conference[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('press_conferences', parameters);
  parameters.push(incidentId);
  return tx.query<Conference>(
    `SELECT ${COLUMNS} FROM ${visible} pc WHERE pc.incident_id = $${parameters.length} ORDER BY pc.filed_at, pc.id`,
    parameters,
  );
}

const COLUMN = {
  state: 'state',
  plannedAt: 'planned_at',
  heldAt: 'held_at',
  place: 'place',
  liveUrl: 'live_url',
  host: 'host',
  speakers: 'speakers',
  mediaCount: 'media_count',
  recordUrl: 'record_url',
  waiver: 'waiver',
} as const;
const JSON_FIELDS = new Set(['speakers', 'waiver']);

/** Fenced by the version that was read. */
export async function updateConference(
  tx: Transaction,
  conference: Conference,
  change: Partial<Pick<Conference, keyof typeof COLUMN>>,
): Promise<number> {
  const fields = Object.entries(change) as [keyof typeof COLUMN, unknown][];
  const rows = await tx.query<{ version: number }>(
    `UPDATE press_conferences SET ${fields.map(([field], n) => `${COLUMN[field]} = $${n + 3}`).join(', ')}, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version`,
    [
      conference.id,
      conference.version,
      ...fields.map(([field, value]) => (JSON_FIELDS.has(field) && value !== null ? JSON.stringify(value) : value)),
    ],
  );
  if (rows[0] === undefined)
    throw new DomainError('VERSION_CONFLICT', 412, 'the press conference has changed since it was read');
  return rows[0].version;
}
