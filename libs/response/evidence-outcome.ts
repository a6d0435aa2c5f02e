import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import type { Incident, Incidents } from '#triage/contract.js';
import type { CaptureOutcome, Evidence } from './evidence.store.js';
import { RESPONSE_EVENTS } from './events.js';
import { type RepostTerms, repeatsEarlier } from './repeats.js';
import { findStatement, type Statement, updateStatement } from './statements.store.js';

/** Evidence that was judged, by whom and when. */
export interface JudgedEvidence {
  evidence: Evidence;
  outcome: CaptureOutcome;
  incident: Incident;
  actor: Actor;
  at: Date;
  terms: RepostTerms;
}

/** Writes what became of evidence; the clocks read it from the ledger, with the instant of the filing. */
export async function recordOutcome(tx: Transaction, judged: JudgedEvidence): Promise<void> {
  const { evidence, outcome, incident, actor, at, terms } = judged;
  const { publishedAt } = outcome;
  const repeats =
    outcome.state === 'proven' && publishedAt != null && (await repeatsEarlier(tx, { evidence, publishedAt }, terms));
  await appendLedger(tx, [
    {
      type: outcome.state === 'proven' ? RESPONSE_EVENTS.evidenceProven : RESPONSE_EVENTS.evidenceRefused,
      at,
      actor,
      incidentId: evidence.incidentId,
      subjectId: evidence.id,
      payload: {
        evidence: evidence.kind,
        url: evidence.url,
        statementId: evidence.statementId,
        bodyId: evidence.bodyId,
        sha256: outcome.sha256 ?? evidence.sha256,
        speakers: evidence.speakers,
        drill: incident.drill,
        publishedAt: outcome.publishedAt?.toISOString() ?? null,
        filedAt: evidence.filedAt.toISOString(),
        refusal: outcome.refusal ?? null,
        ...(repeats ? { repeats } : {}),
      },
    },
  ]);
}

/** What a proof brings about: its statement is out, the incident is answered, and what the statement corrects is corrected. */
export async function applyProof(
  tx: Transaction,
  incidents: Incidents,
  statement: Statement | undefined,
  judged: JudgedEvidence,
): Promise<void> {
  const { incident, outcome } = judged;
  if (statement !== undefined && statement.state === 'approved') {
    await updateStatement(tx, statement, { state: 'published', publishedAt: outcome.publishedAt! });
    await applyCorrection(tx, statement, judged);
    await recordPromise(tx, statement, judged);
  }
  // An acknowledgement answers nothing (E-07).
  if (judged.evidence.kind === 'acknowledgement') return;
  if (incident.state === 'assigned' || incident.state === 'confirmed')
    await incidents.move(tx, incident, { state: 'responded' });
}

/** The corrected text stays where it was, told as corrected; the time that it took is a reported figure (NT19 Art.7, R46). */
async function applyCorrection(tx: Transaction, correction: Statement, judged: JudgedEvidence): Promise<void> {
  if (correction.corrects === null) return;
  const original = await findStatement(tx, correction.corrects);
  if (original.state !== 'published') return;
  await updateStatement(tx, original, { state: 'corrected' });
  const publishedAt = judged.outcome.publishedAt!;
  await appendLedger(tx, [
    {
      type: RESPONSE_EVENTS.statementCorrected,
      at: judged.at,
      actor: judged.actor,
      incidentId: original.incidentId,
      subjectId: original.id,
      payload: {
        correctedBy: correction.id,
        number: original.number,
        correctionNumber: correction.number,
        bodyId: original.bodyId,
        originalPublishedAt: original.publishedAt?.toISOString() ?? null,
        correctedAt: publishedAt.toISOString(),
        seconds: original.publishedAt === null ? null : (publishedAt.getTime() - original.publishedAt.getTime()) / 1000,
      },
    },
  ]);
}

/** What a published text promises is a clock from then on (速报事实、慎报原因); the next release stops it. */
async function recordPromise(tx: Transaction, statement: Statement, judged: JudgedEvidence): Promise<void> {
  if (statement.nextUpdateAt === null) return;
  await appendLedger(tx, [
    {
      type: RESPONSE_EVENTS.releasePromised,
      at: judged.at,
      actor: judged.actor,
      incidentId: statement.incidentId,
      subjectId: statement.id,
      payload: {
        dueAt: statement.nextUpdateAt.toISOString(),
        publishedAt: judged.outcome.publishedAt!.toISOString(),
        number: statement.number,
        bodyId: statement.bodyId,
      },
    },
  ]);
}
