import { personsAt, turnsAt } from '#directory/people.store.js';
import { onDutyAt } from '#directory/rules/on-duty.js';
import type { Transaction } from '#platform/database/database.js';
import type { SealedEntry } from '#platform/ledger/subscription.js';
import type { IncidentNotice } from './notice.js';

/** An order goes to whoever is on duty; when it is not signed for in time, to the one who stands in (AB 角). */
export async function personalNotices(
  tx: Transaction,
  notices: readonly IncidentNotice[],
  entries: readonly SealedEntry[],
): Promise<IncidentNotice[]> {
  const unsigned = new Set(
    entries.filter(({ type, payload }) => type === 'clock.overdue' && payload.act === 'signFor').map(({ id }) => id),
  );
  const wanted = notices.filter(
    ({ topic, key }) => topic === 'assignment' || [...unsigned].some((id) => key.startsWith(id)),
  );
  const personal: IncidentNotice[] = [];
  for (const notice of wanted) {
    const people = await personsAt(tx, [notice.bodyId], notice.at);
    if (people.length === 0) continue;
    const duty = onDutyAt(await turnsAt(tx, [notice.bodyId], notice.at), people, notice.at);
    const id = notice.topic === 'assignment' ? duty.personId : duty.deputyId;
    const person = people.find((candidate) => candidate.id === id);
    if (person?.userId == null) continue;
    const late = notice.topic === 'assignment' ? '' : '（值班人未按时签收，请代为办理）';
    personal.push({
      ...notice,
      key: `${notice.key}-${person.id}`,
      userId: person.userId,
      title: `${notice.title}${late}`,
    });
  }
  return personal;
}
