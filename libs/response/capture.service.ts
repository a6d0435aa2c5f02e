import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform/database/database.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import { type CaptureOutcome, claimPendingEvidence, type Evidence, saveCapture } from './evidence.store.js';
import { RESPONSE_EVENTS } from './events.js';
import { judgeCapture } from './rules/capture.js';
import { findStatement, type Statement, updateStatement } from './statements.store.js';

/** What fetches a page for evidence: the guarded fetcher of the platform. */
export abstract class PageFetcher {
  abstract fetch(
    url: string,
  ): Promise<
    | { ok: true; bytes: Uint8Array; text: string; finalUrl: string }
    | { ok: false; gone: boolean; code: string; message: string }
  >;
}

const BATCH = 8;
/** After so many failures to reach the page the evidence is refused, and says why; it can be filed again. */
const MAX_ATTEMPTS = 6;
const RETRY_BASE_MS = 5_000;

/** Fetches, hashes and judges the pages that were filed as evidence. Each capture may run twice; only a pending one is changed. */
@Injectable()
export class CaptureService {
  constructor(
    private readonly database: Database,
    @Inject(PageFetcher) private readonly pages: PageFetcher,
    @Inject(Incidents) private readonly incidents: Incidents,
  ) {}

  async captureBatch(): Promise<number> {
    const claimed = await this.database.asSystem((tx) => claimPendingEvidence(tx, BATCH));
    await Promise.all(claimed.map((evidence) => this.capture(evidence)));
    return claimed.length;
  }

  private async capture(evidence: Evidence): Promise<void> {
    const page = await this.pages.fetch(evidence.url!);
    await this.database.asSystem(async (tx) => {
      const incident = await this.incidents.lock(tx, evidence.incidentId);
      const now = await tx.now();
      const statement = evidence.statementId === null ? undefined : await findStatement(tx, evidence.statementId);
      const outcome = page.ok ? this.judge(evidence, statement, page, now) : this.unreachable(evidence, page, now);
      if (!(await saveCapture(tx, evidence.id, now, outcome)) || outcome.state === 'pending') return;
      await this.record(tx, evidence, outcome, now, incident.drill);
      if (outcome.state !== 'proven') return;
      if (statement !== undefined && statement.state === 'approved')
        await updateStatement(tx, statement, { state: 'published', publishedAt: outcome.publishedAt! });
      if (incident.state === 'assigned' || incident.state === 'confirmed')
        await this.incidents.move(tx, incident, { state: 'responded' });
    });
  }

  private judge(
    evidence: Evidence,
    statement: Statement | undefined,
    page: { bytes: Uint8Array; text: string },
    now: Date,
  ): CaptureOutcome {
    const sha256 = createHash('sha256').update(page.bytes).digest('hex');
    const verdict = judgeCapture({
      approvedText: statement?.body ?? '',
      pageText: page.text,
      filedAt: evidence.filedAt,
      claimedAt: evidence.publishedAt,
      now,
    });
    if (verdict.result === 'proven')
      return {
        state: 'proven',
        publishedAt: verdict.publishedAt,
        sha256,
        snapshot: gzipSync(page.bytes),
        comparison: { ...verdict.comparison, timeSource: verdict.timeSource },
      };
    return {
      state: 'refused',
      sha256,
      snapshot: gzipSync(page.bytes),
      comparison: verdict.comparison,
      refusal: verdict.refusal,
    };
  }

  private unreachable(
    evidence: Evidence,
    failure: { gone: boolean; code: string; message: string },
    now: Date,
  ): CaptureOutcome {
    if (evidence.attempts >= MAX_ATTEMPTS || failure.gone)
      return {
        state: 'refused',
        refusal: {
          code: failure.code,
          clause: 'NT19 Art.17',
          reason: `the page could not be fetched: ${failure.message}`,
        },
      };
    return { state: 'pending', retryAt: new Date(now.getTime() + RETRY_BASE_MS * 2 ** evidence.attempts) };
  }

  private async record(
    tx: Transaction,
    evidence: Evidence,
    outcome: CaptureOutcome,
    now: Date,
    drill: boolean,
  ): Promise<void> {
    await appendLedger(tx, [
      {
        type: outcome.state === 'proven' ? RESPONSE_EVENTS.evidenceProven : RESPONSE_EVENTS.evidenceRefused,
        at: now,
        actor: systemActor('delivery'),
        incidentId: evidence.incidentId,
        subjectId: evidence.id,
        payload: {
          evidence: evidence.kind,
          url: evidence.url,
          statementId: evidence.statementId,
          bodyId: evidence.bodyId,
          speakers: evidence.speakers,
          sha256: outcome.sha256 ?? null,
          drill,
          publishedAt: outcome.publishedAt?.toISOString() ?? null,
          filedAt: evidence.filedAt.toISOString(),
          refusal: outcome.refusal ?? null,
        },
      },
    ]);
  }
}
