import { gzipSync } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { sha256 } from '#kernel/hash.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import { findChannel } from './channels.store.js';
import { applyProof, recordOutcome } from './evidence-outcome.js';
import { type CaptureOutcome, findEvidence, insertEvidence, saveAttachment, saveSecondLook } from './evidence.store.js';
import { RESPONSE_EVENTS } from './events.js';
import { checkFile } from './files.service.js';
import { ResponsePolicy } from './response-policy.js';
import { safeFileName } from './rules/file-kind.js';
import { liesBeforeEvent } from './rules/plausible-time.js';
import { findStatement } from './statements.store.js';

/** What no page can prove: it is entered by hand, with a copy, and a second person looks at it. */
export const HAND_ENTERED = ['paper', 'tvRadio', 'mediaInterview', 'briefing'] as const;
export type HandEnteredKind = (typeof HAND_ENTERED)[number];

/** What is offered for a public clock and proves nothing, with the clause that says so (domain 3.4). */
export const NO_PUBLIC_PROOF = {
  internalReport: 'NT19 Art.21',
  citizenReply: 'NT19 Art.21',
  acknowledgement: 'YW18 二(四)',
  conferenceAnnouncement: 'NT19 Art.21',
  unsourcedQuote: 'NT19 Art.17',
} as const;

/** Refuses what no clock of the public takes for an answer. */
export function refuseNoProof(kind: string): asserts kind is HandEnteredKind {
  const clause = NO_PUBLIC_PROOF[kind as keyof typeof NO_PUBLIC_PROOF] as string | undefined;
  if (clause !== undefined)
    throw new DomainError(
      'NO_PUBLIC_PROOF',
      422,
      'a report inside the administration, a reply to the caller or the notice of a conference is no public release',
      { clause, kind },
      'kind',
    );
}

export interface Attachment {
  fileName: string;
  mediaType: string;
  content: Buffer;
}

/** Publication on paper, radio and television: proven by an attachment that is hashed here, and by two people. */
@Injectable()
export class AttachmentsService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(ResponsePolicy) private readonly policy: ResponsePolicy,
  ) {}

  /** Files the copy of a publication of an approved statement. It proves nothing until a second person has looked at it. */
  async file(
    tx: Transaction,
    filing: {
      incidentId: string;
      statementId: string;
      kind: HandEnteredKind;
      channelId: string;
      publishedAt: Date;
      attachment: Attachment;
      actor: Actor;
    },
  ): Promise<{ id: string; sha256: string }> {
    const incident = await this.incidents.lock(tx, filing.incidentId);
    const statement = await findStatement(tx, filing.statementId);
    const now = await tx.now();
    if (statement.incidentId !== incident.id)
      throw new DomainError('STATEMENT_NOT_FOUND', 404, 'no such statement of this incident', {}, 'statementId');
    if (statement.state !== 'approved' && statement.state !== 'published')
      throw new DomainError('STATEMENT_STATE', 409, 'only an approved statement was published (NT19 Art.7)', {
        state: statement.state,
        clause: 'NT19 Art.7',
      });
    const channel = await findChannel(tx, filing.channelId);
    if (channel === undefined || !channel.official || channel.kind !== filing.kind)
      throw new DomainError(
        'CHANNEL_NOT_REGISTERED',
        422,
        'the channel is not registered as an official one of this kind (R49, NT19 Art.17)',
        { clause: 'NT19 Art.17', kind: filing.kind },
        'channelId',
      );
    if (filing.publishedAt > now)
      throw new DomainError(
        'PUBLICATION_IN_FUTURE',
        422,
        'a publication can’t lie in the future',
        { clause: 'NT19 Art.21' },
        'publishedAt',
      );
    if (liesBeforeEvent(filing.publishedAt, incident))
      throw new DomainError(
        'BEFORE_EVENT',
        422,
        'what was published before the event answers another (NT19 Art.21)',
        { clause: 'NT19 Art.21' },
        'publishedAt',
      );
    const { content, fileName } = filing.attachment;
    const mediaType = checkFile(filing.attachment, this.policy.data.evidence.maximumFileBytes);
    const digest = sha256(content);
    const id = await insertEvidence(tx, {
      incidentId: incident.id,
      statementId: statement.id,
      bodyId: statement.bodyId,
      kind: filing.kind,
      channelId: channel.id,
      url: null,
      title: statement.title,
      publishedAt: filing.publishedAt,
      filedAt: now,
      filedBy: filing.actor.id,
      state: 'pending',
      speakers: statement.speaker === null ? [] : [statement.speaker],
    });
    const attachment = { fileName: safeFileName(fileName), mediaType, sizeBytes: content.length };
    await saveAttachment(tx, id, { attachment, sha256: digest, snapshot: gzipSync(content) });
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS.evidenceFiled,
        at: now,
        actor: filing.actor,
        incidentId: incident.id,
        subjectId: id,
        payload: {
          evidence: filing.kind,
          channel: channel.name,
          statementId: statement.id,
          sha256: digest,
          attachment,
        },
      },
    ]);
    return { id, sha256: digest };
  }

  /** The look of a second person at the copy. A proof counts from the publication, and as filed when it was filed. */
  async second(
    tx: Transaction,
    decision: { evidenceId: string; expectedVersion?: number; actor: Actor; confirm: boolean; reason: string },
  ): Promise<number> {
    const seen = await findEvidence(tx, decision.evidenceId);
    const incident = await this.incidents.lock(tx, seen.incidentId);
    const evidence = await findEvidence(tx, decision.evidenceId);
    const { actor, confirm, reason } = decision;
    if (decision.expectedVersion !== undefined && decision.expectedVersion !== evidence.version)
      throw new DomainError('VERSION_CONFLICT', 412, 'the evidence has changed since it was read', {
        actual: evidence.version,
      });
    if (evidence.url !== null || evidence.state !== 'pending')
      throw new DomainError('EVIDENCE_STATE', 409, 'only a copy that waits for its second person can be judged', {
        state: evidence.state,
      });
    if (evidence.filedBy === actor.id)
      throw new DomainError('SECOND_PERSON', 403, 'who filed the copy can’t be its second person', {
        clause: 'PB18 二(八)',
      });
    const at = await tx.now();
    const outcome: CaptureOutcome = confirm
      ? { state: 'proven', publishedAt: evidence.publishedAt! }
      : { state: 'refused', refusal: { code: 'SECOND_PERSON_REFUSED', clause: 'NT19 Art.17', reason } };
    const version = await saveSecondLook(tx, evidence, { outcome, by: actor.id, at });
    const judged = { evidence, outcome, incident, actor, at, terms: this.policy.data.draft };
    await recordOutcome(tx, judged);
    if (confirm) await applyProof(tx, this.incidents, await findStatement(tx, evidence.statementId!), judged);
    return version;
  }
}
