import type { Transaction } from '#platform/database/database.js';

/** A limit as the big screen shows it: no personal data, no text of a citizen. */
export interface ScreenClock {
  id: string;
  title: string;
  act: string;
  label: string;
  body: string | null;
  startedAt: Date;
  dueAt: Date;
}

export interface Screen {
  open: number;
  overdueCount: number;
  dueSoonCount: number;
  overdue: ScreenClock[];
  dueSoon: ScreenClock[];
  ranking: { body: string; overdue: number }[];
}

const ROWS = 40;
const RANKED = 12;
const OPEN = ['confirmed', 'assigned', 'responded', 'rectified', 'accepted'];
const OVERDUE = `c.state = 'overdue' AND c.force = 'limit'`;
const DUE_SOON = `c.state IN ('armed', 'dueSoon') AND c.due_at <= huiying_now() + interval '1 hour'`;

/** Everything of the big screen in one reading, so that its figures belong together. */
export async function readScreen(tx: Transaction): Promise<Screen> {
  const counts = await clocks<{ overdue: number; soon: number }>(
    tx,
    (from) =>
      `SELECT count(*) FILTER (WHERE ${OVERDUE})::int AS overdue, count(*) FILTER (WHERE ${DUE_SOON})::int AS soon FROM ${from} c WHERE c.state IN ('armed', 'dueSoon', 'overdue')`,
  );
  const ranking = await clocks<{ body: string; overdue: number }>(
    tx,
    (from) =>
      `SELECT b.name AS body, count(*)::int AS overdue FROM ${from} c JOIN bodies b ON b.id = c.body_id WHERE ${OVERDUE} GROUP BY b.name ORDER BY count(*) DESC, b.name LIMIT ${RANKED}`,
  );
  return {
    open: await openCount(tx),
    overdueCount: counts[0]!.overdue,
    dueSoonCount: counts[0]!.soon,
    overdue: await rows(tx, OVERDUE),
    dueSoon: await rows(tx, DUE_SOON),
    ranking,
  };
}

const rows = (tx: Transaction, which: string): Promise<ScreenClock[]> =>
  clocks<ScreenClock>(
    tx,
    (from) =>
      `SELECT c.id, i.title, c.act, c.label, b.name AS body, c.started_at AS "startedAt", c.due_at AS "dueAt"
         FROM ${from} c JOIN incidents i ON i.id = c.incident_id LEFT JOIN bodies b ON b.id = c.body_id WHERE ${which} ORDER BY c.due_at, c.id LIMIT ${ROWS}`,
  );

async function clocks<Row extends object>(tx: Transaction, statement: (from: string) => string): Promise<Row[]> {
  const parameters: unknown[] = [];
  return tx.query<Row>(statement(tx.visible('response_clocks', parameters)), parameters);
}

async function openCount(tx: Transaction): Promise<number> {
  const parameters: unknown[] = [];
  const incidents = tx.visible('incidents', parameters);
  const row = await tx.one<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${incidents} i WHERE i.state = ANY($${parameters.push(OPEN)}::text[])`,
    parameters,
  );
  return row!.n;
}
