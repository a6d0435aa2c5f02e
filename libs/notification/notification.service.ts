import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import type { LedgerSubscription, SealedEntry } from '#platform/ledger/subscription.js';
import type { NotificationTopic } from './contract.js';
import { insertNotices } from './deliveries.store.js';
import type { IncidentNotice } from './notice.js';
import { personalNotices } from './personal-notices.js';

/** Which events are told to whom: the body named in the event's payload. */
const TOPIC_OF_EVENT: Record<string, { topic: NotificationTopic; title: string }> = {
  'assignment.dispatched': { topic: 'assignment', title: '新的交办' },
  'assignment.disputed': { topic: 'dispute', title: '归属争议，请协调' },
  'assignment.disputeOverdue': { topic: 'dispute', title: '争议裁定超期' },
  'assignment.withdrawn': { topic: 'assignment', title: '交办已撤回' },
  'clock.dueSoon': { topic: 'dueSoon', title: '时限将到' },
  'clock.overdue': { topic: 'overdue', title: '时限已过' },
  'clock.met': { topic: 'overdue', title: '逾期已更正为按时完成' },
  'clock.dueMoved': { topic: 'dueSoon', title: '时限有变更' },
  'escalation.issued': { topic: 'reminder', title: '催办或督办' },
  'escalation.proposed': { topic: 'supervision', title: '建议督办' },
  'evidence.pageGone': { topic: 'evidence', title: '已发布页面被删除' },
  'evidence.pageChanged': { topic: 'evidence', title: '已发布页面被改动' },
  'evidence.refused': { topic: 'evidence', title: '发布证据未被采纳' },
};

/** Turns events of the ledger into notices, which wait for their channel (`DeliveryService`). */
@Injectable()
export class NotificationService implements LedgerSubscription {
  readonly consumer = 'notification';
  readonly types = Object.keys(TOPIC_OF_EVENT);

  async handle(tx: Transaction, entries: SealedEntry[]): Promise<void> {
    const incidents = await this.incidentsOf(tx, entries);
    const ofBodies = entries.flatMap((entry) => this.noticesFor(entry, incidents.get(entry.incidentId ?? '')));
    const notices = [...ofBodies, ...(await personalNotices(tx, ofBodies, entries))];
    await insertNotices(tx, notices, 'inApp');
  }

  private async incidentsOf(
    tx: Transaction,
    entries: SealedEntry[],
  ): Promise<Map<string, { number: string; title: string; drill: boolean; leadBodyId: string | null }>> {
    const ids = [...new Set(entries.map((entry) => entry.incidentId).filter((id) => id !== null))];
    const rows = await tx.query<{
      id: string;
      number: string;
      title: string;
      drill: boolean;
      leadBodyId: string | null;
    }>('SELECT id, number, title, drill, lead_body_id AS "leadBodyId" FROM incidents WHERE id = ANY($1::uuid[])', [
      ids,
    ]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  private noticesFor(
    entry: SealedEntry,
    incident: { number: string; title: string; drill: boolean; leadBodyId: string | null } | undefined,
  ): IncidentNotice[] {
    if (incident === undefined || entry.incidentId === null) return [];
    // A clock that is met needs no notice, unless its body was told that it was late.
    if (entry.type === 'clock.met' && entry.payload.correctsBreach !== true) return [];
    const { topic, title } = TOPIC_OF_EVENT[entry.type]!;
    const { noticeTo, bodyId: named } = entry.payload as { noticeTo?: string | null; bodyId?: string | null };
    const bodyId = noticeTo ?? named ?? incident.leadBodyId;
    if (bodyId === null || bodyId === undefined) return [];
    return [
      {
        key: `${entry.id}-${bodyId}`,
        incidentId: entry.incidentId,
        bodyId,
        topic,
        at: entry.at,
        drill: incident.drill,
        title: `${incident.drill ? '【演练】' : ''}${title}：${incident.title}`,
        text: `${incident.number} ${String(entry.payload.act ?? entry.payload.task ?? '')}`.trim(),
      },
    ];
  }
}
