import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { placeOfBody } from './channels.store.js';
import { findStatement } from './statements.store.js';

/** Of one case one body speaks, the lead, unless the government office orders otherwise (joint handling, domain 5.4). */
export function refuseSecondVoice(leadBodyId: string | null, draft: { bodyId: string; voiceOrder?: string }): void {
  if (leadBodyId !== null && draft.bodyId !== leadBodyId && draft.voiceOrder === undefined)
    throw new DomainError(
      'NOT_THE_PUBLIC_VOICE',
      409,
      'the lead body speaks for the case; another one only by order of the government office (NT19 Art.19)',
      { clause: 'NT19 Art.19', leadBodyId },
      'voiceOrder',
    );
}

/** The authoritative source of every statement: a body of the directory (R18). */
export async function refuseWithoutSource(tx: Transaction, competentBodyId: string | null): Promise<void> {
  if (competentBodyId === null)
    throw new DomainError(
      'COMPETENT_BODY_MISSING',
      422,
      'a statement names the competent body whose information it gives (PB18 一(五))',
      { clause: 'PB18 一(五)' },
      'competentBodyId',
    );
  if ((await placeOfBody(tx, competentBodyId)) === undefined)
    throw new DomainError('BODY_NOT_FOUND', 404, 'no such body', { clause: 'PB18 一(五)' }, 'competentBodyId');
}

/** A correction names a published statement of the same incident; both stay visible (NT19 Art.7, R46). */
export async function refuseCorrection(tx: Transaction, id: string, incidentId: string): Promise<void> {
  const original = await findStatement(tx, id);
  if (original.incidentId !== incidentId || original.state !== 'published')
    throw new DomainError(
      'NOTHING_TO_CORRECT',
      422,
      'only a published statement of the same incident is corrected (NT19 Art.7)',
      { clause: 'NT19 Art.7', state: original.state },
      'corrects',
    );
}

/** The release that a statement promises lies ahead (速报事实、慎报原因): the promise is a clock. */
export function refusePastPromise(at: Date | null | undefined, now: Date): void {
  if (at !== null && at !== undefined && at <= now)
    throw new DomainError(
      'PROMISE_IN_PAST',
      422,
      'the next release is promised for a time ahead (国办发〔2016〕61号)',
      { clause: '国办发〔2016〕61号' },
      'nextUpdateAt',
    );
}
