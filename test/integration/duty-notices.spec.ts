import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { NotificationService } from '#notification/notification.service.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { sealBatch } from '#platform/ledger/sealer.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { bodyOf, CountyOffice } from '../support/county-office.js';
import { insertRow } from '../support/rows.js';

jest.setTimeout(120_000);

let office: CountyOffice;
const users: Record<string, string> = {};
beforeAll(async () => {
  office = await CountyOffice.open(['URB', 'PUBL', 'CYBER']);
  const [{ now }] = (await office.db.asOwner<{ now: Date }>('SELECT huiying_now() AS now')) as [{ now: Date }];
  const persons: Record<string, string> = {};
  for (const [name, role] of [
    ['speaker', 'spokesperson'],
    ['night', 'liaison'],
    ['second', 'deputy'],
  ] as const) {
    users[name] = await office.api.account(name, [{ duty: 'liaison', bodyId: bodyOf('URB') }]);
    persons[name] = newId();
    const person = { id: persons[name], body_id: bodyOf('URB'), name, role, user_id: users[name] };
    await insertRow(office.db, 'persons', { ...person, valid_from: '2020-01-01' });
  }
  await insertRow(office.db, 'rosters', {
    id: newId(),
    body_id: bodyOf('URB'),
    person_id: persons['night'],
    starts_at: new Date(now.getTime() - 60_000),
    ends_at: new Date(now.getTime() + 3_600_000),
  });
});
afterAll(() => office.close());

/** Who was told of what, as user names; the body's own notice is `body`. */
async function told(incident: string): Promise<string[]> {
  while ((await sealBatch(office.db.worker)) > 0);
  await consumeLedger(office.db.worker, new NotificationService());
  const rows = await office.db.asOwner<{ topic: string; user_id: string | null }>(
    'SELECT topic, user_id FROM deliveries WHERE incident_id = $1 ORDER BY created_at, user_id NULLS FIRST',
    [incident],
  );
  const nameOf = (id: string | null) => Object.entries(users).find(([, user]) => user === id)?.[0] ?? 'body';
  return rows.map(({ topic, user_id }) => `${topic} ${nameOf(user_id)}`);
}

describe('an order', () => {
  it('is told to the body and to whoever is on duty by the roster, once', async () => {
    const incident = await office.incident();
    await office.assign(incident, 'URB');
    expect(await told(incident)).toEqual(['assignment body', 'assignment night']);
    expect(await told(incident)).toEqual(['assignment body', 'assignment night']);
  });

  it('that is not signed for in time is told to the deputy; another limit is not', async () => {
    const incident = await office.incident();
    const [order] = (await office.assign(incident, 'URB')) as [string];
    await told(incident);
    for (const act of ['publicResponse', 'signFor'])
      await office.db.worker.asSystem(async (tx) =>
        appendLedger(tx, [
          {
            type: 'clock.overdue',
            at: await tx.now(),
            actor: systemActor('clocks'),
            incidentId: incident,
            subjectId: order,
            payload: { act, bodyId: bodyOf('URB') },
          },
        ]),
      );
    expect((await told(incident)).slice(2).sort()).toEqual(['overdue body', 'overdue body', 'overdue second']);
  });
});
