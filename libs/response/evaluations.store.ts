import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import type { EffectFacts, EffectResult } from './rules/effect-facts.js';

/** What a person decided on a proposed ground of accountability (YW18 二(四)). */
export interface GroundDecision {
  ground: string;
  decision: 'upheld' | 'dismissed';
  reason: string;
  by: string;
  at: string;
  /** What follows from an upheld ground, and by which day it is put right. */
  measure?: AccountMeasure;
  rectifyBy?: string;
  closed?: { note: string; by: string; at: string };
}

/** 通报批评, 约谈整改 (YW18 二(四)), 移交问责 (NT19 Art.20); taken by the authority outside of this product, recorded here. */
export const ACCOUNT_MEASURES = ['criticism', 'interview', 'referral'] as const;
export type AccountMeasure = (typeof ACCOUNT_MEASURES)[number];

/** The one objection of a body to its score. */
export interface Objection {
  text: string;
  by: string;
  bodyId: string;
  at: string;
  answer?: { result: 'upheld' | 'dismissed'; reason: string; by: string; at: string };
}

/** The evaluation of a case as it was made, with the facts that it was made from. */
export interface Evaluation {
  incidentId: string;
  ruleVersion: string;
  facts: EffectFacts;
  result: EffectResult;
  evaluatedAt: Date;
  evaluatedByName: string;
  grounds: GroundDecision[];
  objection: Objection | null;
  version: number;
}

export async function evaluationOf(tx: Transaction, incidentId: string): Promise<Evaluation | undefined> {
  const parameters: unknown[] = [];
  const visible = tx.visible('effect_evaluations', parameters);
  parameters.push(incidentId);
  return tx.one<Evaluation>(
    `SELECT v.incident_id AS "incidentId", v.rule_version AS "ruleVersion", v.facts, v.result, v.evaluated_at AS "evaluatedAt", v.evaluated_by_name AS "evaluatedByName",
            v.grounds, v.objection, v.version FROM ${visible} v WHERE v.incident_id = $${parameters.length}`,
    parameters,
  );
}

/** Writes a new evaluation; decisions and the objection of a former one stay, since they were made on it by people. */
export async function saveEvaluation(
  tx: Transaction,
  e: Pick<Evaluation, 'incidentId' | 'ruleVersion' | 'facts' | 'result' | 'evaluatedAt'> & {
    by: { id: string; name: string };
  },
): Promise<number> {
  const row = await tx.one<{ version: number }>(
    `INSERT INTO effect_evaluations (incident_id, rule_version, facts, result, evaluated_at, evaluated_by, evaluated_by_name) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (incident_id) DO UPDATE SET rule_version = excluded.rule_version, facts = excluded.facts, result = excluded.result, evaluated_at = excluded.evaluated_at,
       evaluated_by = excluded.evaluated_by, evaluated_by_name = excluded.evaluated_by_name, version = effect_evaluations.version + 1 RETURNING version`,
    [e.incidentId, e.ruleVersion, JSON.stringify(e.facts), JSON.stringify(e.result), e.evaluatedAt, e.by.id, e.by.name],
  );
  return row!.version;
}

/** Fenced by the version that was read. */
export async function updateEvaluation(
  tx: Transaction,
  evaluation: Evaluation,
  change: { grounds?: GroundDecision[]; objection?: Objection },
): Promise<number> {
  const row = await tx.one<{ version: number }>(
    `UPDATE effect_evaluations SET grounds = coalesce($3, grounds), objection = coalesce($4, objection), version = version + 1
      WHERE incident_id = $1 AND version = $2 RETURNING version`,
    [
      evaluation.incidentId,
      evaluation.version,
      change.grounds === undefined ? null : JSON.stringify(change.grounds),
      change.objection === undefined ? null : JSON.stringify(change.objection),
    ],
  );
  if (row === undefined) throw new DomainError('VERSION_CONFLICT', 412, 'the evaluation has changed since it was read');
  return row.version;
}
