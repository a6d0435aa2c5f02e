import { gzipSync } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { sha256 } from '#kernel/hash.js';
import { Database } from '#platform/database/database.js';
import { systemActor } from '#platform/ledger/ledger.js';
import { type Incident, Incidents } from '#triage/contract.js';
import { applyProof, recordOutcome } from './evidence-outcome.js';
import { type CaptureOutcome, claimPendingEvidence, type Evidence, saveCapture } from './evidence.store.js';
import { ResponsePolicy } from './response-policy.js';
import { judgeCapture } from './rules/capture.js';
import { begunAt } from './rules/plausible-time.js';
import { nextCheckAt } from './rules/recheck.js';
import { findStatement, type Statement } from './statements.store.js';

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
    @Inject(ResponsePolicy) private readonly policy: ResponsePolicy,
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
      const outcome = page.ok
        ? this.judge({ evidence, statement, incident, now }, page)
        : this.unreachable(evidence, page, now);
      if (!(await saveCapture(tx, evidence.id, now, outcome)) || outcome.state === 'pending') return;
      const judged = {
        evidence,
        outcome,
        incident,
        actor: systemActor('delivery'),
        at: now,
        terms: this.policy.data.draft,
      };
      await recordOutcome(tx, judged);
      if (outcome.state === 'proven') await applyProof(tx, this.incidents, statement, judged);
    });
  }

  private judge(
    {
      evidence,
      statement,
      incident,
      now,
    }: { evidence: Evidence; statement: Statement | undefined; incident: Incident; now: Date },
    page: { bytes: Uint8Array; text: string },
  ): CaptureOutcome {
    const digest = sha256(page.bytes);
    const verdict = judgeCapture({
      approvedText: statement?.body ?? '',
      pageText: page.text,
      filedAt: evidence.filedAt,
      claimedAt: evidence.publishedAt,
      begunAt: begunAt(incident),
    });
    if (verdict.result === 'proven')
      return {
        state: 'proven',
        publishedAt: verdict.publishedAt,
        sha256: digest,
        snapshot: gzipSync(page.bytes),
        comparison: { ...verdict.comparison, timeSource: verdict.timeSource },
        nextCheckAt: nextCheckAt(now, 0, this.policy.data.evidence.recheckAfterMinutes),
      };
    return {
      state: 'refused',
      sha256: digest,
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
}
