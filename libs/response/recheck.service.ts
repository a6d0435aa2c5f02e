import { Inject, Injectable } from '@nestjs/common';
import { sha256 } from '#kernel/hash.js';
import { Database, type Transaction } from '#platform/database/database.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import { PageFetcher } from './capture.service.js';
import { type CheckedEvidence, claimDueChecks, postponeCheck, saveCheck } from './evidence-checks.store.js';
import type { EvidenceState } from './evidence.store.js';
import { RESPONSE_EVENTS } from './events.js';
import { ResponsePolicy } from './response-policy.js';
import { judgeRecheck, nextCheckAt } from './rules/recheck.js';
import { findStatement } from './statements.store.js';

const BATCH = 8;

interface Finding {
  result: 'unchanged' | 'changed' | 'gone';
  sha256: string | null;
  detail: Record<string, unknown>;
}

const STATE_OF: Record<Finding['result'], EvidenceState> = { unchanged: 'proven', changed: 'altered', gone: 'gone' };
const EVENT_OF: Record<EvidenceState, string | undefined> = {
  proven: RESPONSE_EVENTS.evidencePageRestored,
  altered: RESPONSE_EVENTS.evidencePageChanged,
  gone: RESPONSE_EVENTS.evidencePageGone,
  pending: undefined,
  refused: undefined,
};

/**
 * Looks at proven pages again, hours and days later. A page that vanished or was edited is told and flagged; what it
 * proved stays proven, and its snapshot is kept (E-05).
 */
@Injectable()
export class RecheckService {
  constructor(
    private readonly database: Database,
    @Inject(PageFetcher) private readonly pages: PageFetcher,
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(ResponsePolicy) private readonly policy: ResponsePolicy,
  ) {}

  async recheckBatch(): Promise<number> {
    const due = await this.database.asSystem((tx) => claimDueChecks(tx, BATCH));
    await Promise.all(due.map((evidence) => this.look(evidence)));
    return due.length;
  }

  private async look(evidence: CheckedEvidence): Promise<void> {
    const page = await this.pages.fetch(evidence.url!);
    await this.database.asSystem(async (tx) => {
      if (!page.ok && !page.gone) return postponeCheck(tx, evidence.id, this.policy.data.evidence.retryMinutes);
      const finding: Finding = page.ok
        ? await this.compare(tx, evidence, page)
        : { result: 'gone', sha256: null, detail: { code: page.code } };
      await this.record(tx, evidence, finding);
    });
  }

  private async compare(
    tx: Transaction,
    evidence: CheckedEvidence,
    page: { bytes: Uint8Array; text: string },
  ): Promise<Finding> {
    const statement = evidence.statementId === null ? undefined : await findStatement(tx, evidence.statementId);
    const digest = sha256(page.bytes);
    const { result, coverage } = judgeRecheck({
      approvedText: statement?.body ?? '',
      sha256: evidence.sha256,
      coverage: Number(evidence.comparison?.['coverage'] ?? 1),
      page: { sha256: digest, text: page.text },
    });
    return { result, sha256: digest, detail: { coverage } };
  }

  private async record(tx: Transaction, evidence: CheckedEvidence, finding: Finding): Promise<void> {
    const incident = await this.incidents.lock(tx, evidence.incidentId);
    const now = await tx.now();
    const ordinal = evidence.checksDone + 1;
    const state = STATE_OF[finding.result];
    const next = nextCheckAt(evidence.capturedAt!, ordinal, this.policy.data.evidence.recheckAfterMinutes);
    const written = await saveCheck(tx, evidence, { ordinal, checkedAt: now, ...finding, state, nextCheckAt: next });
    const type = EVENT_OF[state];
    if (!written || state === evidence.state || type === undefined) return;
    await appendLedger(tx, [
      {
        type,
        at: now,
        actor: systemActor('delivery'),
        incidentId: evidence.incidentId,
        subjectId: evidence.id,
        payload: {
          url: evidence.url,
          statementId: evidence.statementId,
          bodyId: evidence.bodyId,
          sha256: evidence.sha256,
          found: finding.sha256,
          drill: incident.drill,
          ...finding.detail,
        },
      },
    ]);
  }
}
