import type { Transaction } from '#platform/database/database.js';
import type { LearntScore } from './rules/learn-scores.js';
import type { LearntScores } from './rules/routing/types.js';

export interface ScoresVersion {
  version: string;
  state: 'active' | 'off';
  adjustments: LearntScore[];
  report: Record<string, number>;
  createdBy: string;
  createdAt: Date;
}

const COLUMNS = `version, state, adjustments, report, created_by AS "createdBy", created_at AS "createdAt"`;

export const listScores = (tx: Transaction): Promise<ScoresVersion[]> =>
  tx.query<ScoresVersion>(`SELECT ${COLUMNS} FROM matter_adjustments ORDER BY created_at DESC LIMIT 50`);

/** The scores that routing uses now, or undefined while learning is switched off. */
export async function activeScores(tx: Transaction): Promise<{ version: string; scores: LearntScores } | undefined> {
  const row = await tx.one<Pick<ScoresVersion, 'version' | 'adjustments'>>(
    `SELECT version, adjustments FROM matter_adjustments WHERE state = 'active'`,
  );
  return row === undefined ? undefined : { version: row.version, scores: scoresOf(row.adjustments) };
}

export function scoresOf(adjustments: readonly LearntScore[]): LearntScores {
  const scores = new Map<string, Map<string, number>>();
  for (const { word, code, delta } of adjustments) {
    const ofWord = scores.get(word) ?? new Map<string, number>();
    ofWord.set(code, delta);
    scores.set(word, ofWord);
  }
  return scores;
}

export async function insertScores(tx: Transaction, row: Omit<ScoresVersion, 'state'>): Promise<void> {
  await tx.query(
    `INSERT INTO matter_adjustments (version, state, adjustments, report, created_by, created_at) VALUES ($1, 'off', $2, $3, $4, $5)`,
    [row.version, JSON.stringify(row.adjustments), JSON.stringify(row.report), row.createdBy, row.createdAt],
  );
}

/** Makes one version the active one, or none. False when there is no such version. */
export async function switchScores(tx: Transaction, version: string | null): Promise<boolean> {
  await tx.query(`UPDATE matter_adjustments SET state = 'off' WHERE state = 'active'`);
  if (version === null) return true;
  const rows = await tx.query(`UPDATE matter_adjustments SET state = 'active' WHERE version = $1 RETURNING version`, [
    version,
  ]);
  return rows.length === 1;
}

/** Cases that were handed over and not given back: their text, place hints and the code of the lead. */
export interface PastAssignment {
  text: string;
  area: string | null;
  region: string | null;
  category: string;
  leadCode: string;
  returnedCodes: string[];
  at: Date;
}

const MAX_HISTORY = 5_000;
const MAX_CHARACTERS = 2_000;

/** The assigned cases in scope, the oldest first. Drills teach nothing. */
export async function pastAssignments(tx: Transaction): Promise<PastAssignment[]> {
  const parameters: unknown[] = [];
  const incidents = tx.visible('incidents', parameters);
  const rows = await tx.query<PastAssignment>(
    `SELECT i.title || '。' || coalesce(m.body, '') AS text, m.area, m.region, i.category, b.code AS "leadCode", i.dispatched_at AS at,
            ARRAY(SELECT rb.code FROM assignments ra JOIN bodies rb ON rb.id = ra.body_id WHERE ra.incident_id = i.id AND ra.state = 'returned') AS "returnedCodes"
       FROM ${incidents} i JOIN bodies b ON b.id = i.lead_body_id
       LEFT JOIN LATERAL (SELECT t.body, t.area, t.region FROM items t WHERE t.id = i.representative_item_id) m ON true
      WHERE NOT i.drill AND i.dispatched_at IS NOT NULL AND i.state IN ('assigned', 'responded', 'rectified', 'accepted', 'struckOff')
      ORDER BY i.dispatched_at DESC LIMIT ${MAX_HISTORY}`,
    parameters,
  );
  return rows.reverse().map((row) => ({ ...row, text: row.text.slice(0, MAX_CHARACTERS) }));
}
