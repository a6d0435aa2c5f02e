import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { fireDisputes } from '#assignment/dispute-course.service.js';
import { bodyOf, CountyOffice, said } from '../support/county-office.js';

jest.setTimeout(120_000);

let office: CountyOffice;
beforeAll(async () => {
  office = await CountyOffice.open(['GOVO', 'JUST', 'URB', 'TRAN', 'PUBL', 'CYBER']);
});
afterAll(() => office.close());

const giveBack = async (order: string, from: string, to: string) =>
  office.post(await office.person('liaison', from), `/assignments/${order}/return`, {
    code: 'R3',
    legalBasis: '三定规定第四条',
    proposedBodyId: bodyOf(to),
  });
const disputed = async (grade = 'III'): Promise<string> => {
  const incident = await office.incident(grade);
  const [first] = (await office.assign(incident, 'URB')) as [string];
  await giveBack(first, 'URB', 'TRAN');
  await office.post(await office.person('analyst'), `/assignments/${first}/return/decide`, {
    decision: 'accept',
    reason: '同意',
  });
  const [second] = (await office.assign(incident, 'TRAN')) as [string];
  expect(said(await giveBack(second, 'TRAN', 'URB'))).toBe('200');
  return incident;
};
const view = async (incident: string) =>
  (await office.get(await office.person('analyst'), `/incidents/${incident}/dispute`)).body['dispute'] as Record<
    string,
    unknown
  >;
const record = async (incident: string, step: string, code: string, text: string) =>
  office.post(await office.person('analyst'), `/incidents/${incident}/dispute/steps`, {
    step,
    bodyId: bodyOf(code),
    text,
  });
const minutesOf = (dispute: Record<string, unknown>) =>
  (Date.parse(String(dispute['dueAt'])) - Date.parse(String(dispute['since']))) / 60_000;

describe('S-29 the course of a dispute', () => {
  it('has a short clock of its own, shorter still when fast clocks run', async () => {
    expect(minutesOf(await view(await disputed()))).toBe(240);
    expect(minutesOf(await view(await disputed('II')))).toBe(60);
  });

  it('goes from meeting to opinions to the decision of the government office; the first receiver coordinates', async () => {
    const incident = await disputed();
    expect(await view(incident)).toMatchObject({ open: true, next: 'meeting', coordinatorBodyId: bodyOf('URB') });
    expect(said(await record(incident, 'opinion', 'URB', '不是我局职责'))).toBe('409 MEETING_FIRST');
    expect(said(await record(incident, 'meeting', 'CYBER', '会商未达成一致'))).toBe('201');
    for (const code of ['URB', 'TRAN', 'JUST'])
      expect(said(await record(incident, 'opinion', code, `${code}的意见`))).toBe('201');
    expect(await view(incident)).toMatchObject({ next: 'leadDecision' });
    const named = { leadBodyId: bodyOf('TRAN'), reason: '占道施工由交通牵头', coResponders: [] };
    expect(said(await office.post(await office.person('analyst'), `/incidents/${incident}/lead-decision`, named))).toBe(
      '403 PERMISSION_MISSING',
    );
    expect(
      said(await office.post(await office.person('gov_office'), `/incidents/${incident}/lead-decision`, named)),
    ).toBe('200');
    const after = await view(incident);
    expect([after['open'], after['next'], (after['steps'] as unknown[]).length]).toEqual([false, null, 4]);
    expect(said(await record(incident, 'meeting', 'CYBER', '迟到的会商'))).toBe('409 NOT_DISPUTED');
  });

  it('is told to the government office once when it was not decided in time', async () => {
    const incident = await disputed();
    const look = () => office.db.worker.asSystem((tx) => fireDisputes(tx, (place) => `${place}-GOVO`));
    await office.advance(239);
    expect(await office.ledger(incident, 'assignment.disputeOverdue')).toEqual([]);
    await office.advance(2);
    expect(await look()).toBeGreaterThan(0);
    await look();
    expect(await office.ledger(incident, 'assignment.disputeOverdue')).toHaveLength(1);
    expect(await view(incident)).toMatchObject({ overdue: true });
  });

  it('doesn’t stop public clocks', async () => {
    const incident = await disputed();
    expect(await office.clocks(incident)).toMatchObject({ 'publicResponse.limit': 'armed' });
  });
});
