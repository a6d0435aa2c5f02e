import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';

export type PersonRole = 'head' | 'spokesperson' | 'deputy' | 'liaison';

/** Somebody of a body as the directory knows them, dated. Days are `YYYY-MM-DD`; `validTo` is the last day. */
export interface Person {
  id: string;
  bodyId: string;
  name: string;
  post: string;
  role: PersonRole;
  phone: string | null;
  userId: string | null;
  validFrom: string;
  validTo: string | null;
}

/** A turn of duty: the person, who stands in (B 角), and what was handed over at its end. */
export interface Turn {
  id: string;
  bodyId: string;
  personId: string;
  deputyId: string | null;
  startsAt: Date;
  endsAt: Date;
  handover: { note: string; by: string; at: string } | null;
  version: number;
}

const PERSON = `p.id, p.body_id AS "bodyId", p.name, p.post, p.role, p.phone, p.user_id AS "userId",
  to_char(p.valid_from, 'YYYY-MM-DD') AS "validFrom", to_char(p.valid_to, 'YYYY-MM-DD') AS "validTo"`;
const TURN = `r.id, r.body_id AS "bodyId", r.person_id AS "personId", r.deputy_id AS "deputyId", r.starts_at AS "startsAt", r.ends_at AS "endsAt", r.handover, r.version`;

/** The office's day of an instant in SQL; the directory is dated by days in China. */
const DAY = (instant: string) => `(${instant} AT TIME ZONE 'Asia/Shanghai')::date`;

/** The people of bodies on the day of an instant. */
export const personsAt = (tx: Transaction, bodyIds: readonly string[], at: Date): Promise<Person[]> =>
  tx.query<Person>(
    `SELECT ${PERSON} FROM persons p WHERE p.body_id = ANY($1::text[]) AND p.valid_from <= ${DAY('$2::timestamptz')} AND (p.valid_to IS NULL OR p.valid_to >= ${DAY('$2::timestamptz')})
      ORDER BY p.body_id, array_position(ARRAY['head', 'spokesperson', 'deputy', 'liaison'], p.role), p.name`,
    [bodyIds, at],
  );

/** Everybody whom a body ever had, the newest first. */
export const personsOf = (tx: Transaction, bodyId: string): Promise<Person[]> =>
  tx.query<Person>(`SELECT ${PERSON} FROM persons p WHERE p.body_id = $1 ORDER BY p.valid_from DESC, p.name`, [bodyId]);

export const findPerson = (tx: Transaction, id: string): Promise<Person | undefined> =>
  tx.one<Person>(`SELECT ${PERSON} FROM persons p WHERE p.id = $1`, [id]);

/** Appoints somebody. Of the head and the spokesperson there is one: who held it before ends the day before. */
export async function appoint(tx: Transaction, person: Omit<Person, 'id' | 'validTo'>): Promise<string> {
  const same = await tx.one<{ id: string }>(
    `SELECT id FROM persons WHERE body_id = $1 AND role = $2 AND name = $3 AND post = $4 AND valid_to IS NULL`,
    [person.bodyId, person.role, person.name, person.post],
  );
  if (same !== undefined) {
    await tx.query('UPDATE persons SET phone = $2, user_id = coalesce($3, user_id) WHERE id = $1', [
      same.id,
      person.phone,
      person.userId,
    ]);
    return same.id;
  }
  if (person.role === 'head' || person.role === 'spokesperson')
    await tx.query(
      `UPDATE persons SET valid_to = greatest(valid_from, $3::date - 1) WHERE body_id = $1 AND role = $2 AND valid_to IS NULL`,
      [person.bodyId, person.role, person.validFrom],
    );
  const id = newId();
  await tx.query(
    `INSERT INTO persons (id, body_id, name, post, role, phone, user_id, valid_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, person.bodyId, person.name, person.post, person.role, person.phone, person.userId, person.validFrom],
  );
  return id;
}

/** The turns of a body that end after an instant, in order. */
export const turnsAfter = (tx: Transaction, bodyId: string, at: Date): Promise<Turn[]> =>
  tx.query<Turn>(
    `SELECT ${TURN} FROM rosters r WHERE r.body_id = $1 AND r.ends_at > $2 ORDER BY r.starts_at LIMIT 200`,
    [bodyId, at],
  );

/** The turns that run at an instant, the newest plan first. */
export const turnsAt = (tx: Transaction, bodyIds: readonly string[], at: Date): Promise<Turn[]> =>
  tx.query<Turn>(
    `SELECT ${TURN} FROM rosters r WHERE r.body_id = ANY($1::text[]) AND r.starts_at <= $2 AND r.ends_at > $2 ORDER BY r.starts_at DESC`,
    [bodyIds, at],
  );

export const findTurn = (tx: Transaction, id: string): Promise<Turn | undefined> =>
  tx.one<Turn>(`SELECT ${TURN} FROM rosters r WHERE r.id = $1 FOR UPDATE`, [id]);

/** Whether a turn of the body lies over this time already. */
export async function turnOverlaps(
  tx: Transaction,
  turn: Pick<Turn, 'bodyId' | 'startsAt' | 'endsAt'>,
): Promise<boolean> {
  const row = await tx.one(`SELECT 1 FROM rosters WHERE body_id = $1 AND starts_at < $3 AND ends_at > $2 LIMIT 1`, [
    turn.bodyId,
    turn.startsAt,
    turn.endsAt,
  ]);
  return row !== undefined;
}

export async function insertTurn(tx: Transaction, turn: Omit<Turn, 'id' | 'handover' | 'version'>): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO rosters (id, body_id, person_id, deputy_id, starts_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, turn.bodyId, turn.personId, turn.deputyId, turn.startsAt, turn.endsAt],
  );
  return id;
}

export async function writeHandover(
  tx: Transaction,
  id: string,
  handover: NonNullable<Turn['handover']>,
): Promise<void> {
  await tx.query('UPDATE rosters SET handover = $2, version = version + 1 WHERE id = $1', [
    id,
    JSON.stringify(handover),
  ]);
}
