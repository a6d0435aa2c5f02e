import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import { RESPONSE_EVENTS } from './events.js';
import { findReport, insertReport, type Recipient, receiveReport } from './reports.store.js';

/** The report to Party committee and government of the same level (第一时间报告, NT19 Art.19). */
@Injectable()
export class FirstReportsService {
  constructor(@Inject(Incidents) private readonly incidents: Incidents) {}

  /** Files what was reported, to whom, by which way. It stops no clock: the duty office's receipt does (domain 3.4). */
  async file(
    tx: Transaction,
    report: {
      incidentId: string;
      channel: string;
      recipients: Recipient[];
      text: string;
      sentAt?: Date | undefined;
      actor: Actor;
    },
  ): Promise<string> {
    const incident = await this.incidents.lock(tx, report.incidentId);
    const now = await tx.now();
    const sentAt = report.sentAt ?? now;
    if (sentAt > now)
      throw new DomainError(
        'SENT_IN_FUTURE',
        422,
        'a report can’t have been sent later (NT19 Art.19)',
        { clause: 'NT19 Art.19' },
        'sentAt',
      );
    const id = newId();
    const { channel, recipients, text, actor } = report;
    await insertReport(tx, { id, incidentId: incident.id, channel, recipients, text, sentAt, sentBy: actor.id });
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS.firstReportFiled,
        at: now,
        actor,
        incidentId: incident.id,
        subjectId: id,
        payload: { channel, recipients, sentAt: sentAt.toISOString() },
      },
    ]);
    return id;
  }

  /** The named person of the duty office who took the report. Another one than the sender records it. */
  async receive(
    tx: Transaction,
    receipt: { reportId: string; receivedBy: string; receivedAt?: Date | undefined; actor: Actor },
  ): Promise<void> {
    const seen = await findReport(tx, receipt.reportId);
    await this.incidents.lock(tx, seen.incidentId);
    const report = await findReport(tx, receipt.reportId);
    if (report.receivedAt !== null)
      throw new DomainError('ALREADY_RECEIVED', 409, 'the receipt of this report is recorded', {
        receivedBy: report.receivedBy,
      });
    if (report.sentBy === receipt.actor.id)
      throw new DomainError('SECOND_PERSON', 403, 'who sent the report can’t record its receipt', {
        clause: 'NT19 Art.19',
      });
    const now = await tx.now();
    const receivedAt = receipt.receivedAt ?? now;
    if (receivedAt > now || receivedAt < report.sentAt)
      throw new DomainError(
        'RECEIPT_TIME',
        422,
        'a receipt lies after the sending and not ahead (NT19 Art.19)',
        { clause: 'NT19 Art.19' },
        'receivedAt',
      );
    await receiveReport(tx, report.id, receivedAt, receipt.receivedBy);
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS.firstReportReceived,
        at: now,
        actor: receipt.actor,
        incidentId: report.incidentId,
        subjectId: report.id,
        payload: { receivedAt: receivedAt.toISOString(), receivedBy: receipt.receivedBy, channel: report.channel },
      },
    ]);
  }
}
