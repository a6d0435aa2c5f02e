import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { channelOf } from './channels.store.js';
import { evidenceOf, insertEvidence } from './evidence.store.js';
import { type AcknowledgementWords, isAcknowledgementOnly } from './rules/acknowledgement.js';
import type { Statement } from './statements.store.js';

export interface FiledAddress {
  evidenceId: string;
  /** Undefined when the address was filed before. */
  filed?: { channel: string; kind: string; at: Date };
}

/** Files the address at which an approved statement stands. Filing it again answers the evidence that is there. */
export async function fileAddress(
  tx: Transaction,
  statement: Statement,
  filing: { url: string; publishedAt?: Date; by: string; acknowledgement: AcknowledgementWords },
): Promise<FiledAddress> {
  const { url, publishedAt, by } = filing;
  const now = await tx.now();
  if (publishedAt !== undefined && publishedAt > now)
    throw new DomainError(
      'PUBLICATION_IN_FUTURE',
      422,
      'a publication can’t lie in the future (domain 3.8)',
      { clause: 'NT19 Art.21' },
      'publishedAt',
    );
  const channel = await channelOf(tx, url);
  if (channel === undefined)
    throw new DomainError(
      'CHANNEL_NOT_REGISTERED',
      422,
      'the address is not on a registered official channel (R49, NT19 Art.17)',
      { clause: 'NT19 Art.17' },
      'url',
    );
  const known = await evidenceOf(tx, statement.incidentId);
  const same = known.find(
    (evidence) => evidence.statementId === statement.id && evidence.url === url && evidence.state !== 'refused',
  );
  if (same !== undefined) return { evidenceId: same.id };
  // A text without content acknowledges; it is proven like any other and stops no public clock.
  const kind = isAcknowledgementOnly(statement.body, filing.acknowledgement) ? 'acknowledgement' : channel.kind;
  const evidenceId = await insertEvidence(tx, {
    incidentId: statement.incidentId,
    statementId: statement.id,
    bodyId: statement.bodyId,
    kind,
    channelId: channel.id,
    url,
    title: statement.title,
    publishedAt: publishedAt ?? null,
    filedAt: now,
    filedBy: by,
    state: 'pending',
    speakers: statement.speaker === null ? [] : [statement.speaker],
  });
  return { evidenceId, filed: { channel: channel.name, kind, at: now } };
}
