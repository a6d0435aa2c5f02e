import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ASSIGNMENT_EVENTS } from '#assignment/events.js';
import { routingSubjects } from '#assignment/proposals.store.js';
import { bodyOf, CountyOffice, said } from '../support/county-office.js';

jest.setTimeout(120_000);

let office: CountyOffice;
beforeAll(async () => {
  office = await CountyOffice.open(['URB', 'TRAN', 'ENV', 'PUBL', 'CYBER']);
});
afterAll(() => office.close());

const notOurs = (proposed: string) => ({
  code: 'R3',
  legalBasis: '三定规定第四条',
  proposedBodyId: bodyOf(proposed),
});
const giveBack = async (order: string, code: string, body: object) =>
  office.post(await office.person('liaison', code), `/assignments/${order}/return`, body);
const judge = async (order: string, decision: string) =>
  office.post(await office.person('analyst'), `/assignments/${order}/return/decide`, {
    decision,
    reason: '职责如所述',
  });

describe('an order', () => {
  it('is given back with a code, a legal basis and the body that has the duty, within the limit of the pack', async () => {
    const [order] = (await office.assign(await office.incident(), 'URB')) as [string];
    expect(said(await giveBack(order, 'URB', { code: 'R3', proposedBodyId: bodyOf('TRAN') }))).toBe(
      '422 NO_LEGAL_BASIS',
    );
    expect(said(await giveBack(order, 'URB', { code: 'R3', legalBasis: '三定' }))).toBe('422 NO_PROPOSED_BODY');
    expect(said(await giveBack(order, 'URB', notOurs('URB')))).toBe('422 PROPOSES_ITSELF');
    expect(said(await giveBack(order, 'URB', notOurs('NOPE')))).toBe('422 UNKNOWN_PROPOSED_BODY');
    const stranger = await office.person('liaison', 'TRAN');
    expect(said(await office.post(stranger, `/assignments/${order}/return`, notOurs('TRAN')))).toBe(
      '404 ASSIGNMENT_NOT_FOUND',
    );
    await office.advance(121);
    const late = await giveBack(order, 'URB', notOurs('TRAN'));
    expect([said(late), late.params]).toEqual(['422 AFTER_RETURN_LIMIT', { clause: 'NT19 Art.19', code: 'R3' }]);
  });

  it('of a fast case is given back within half an hour', async () => {
    const [order] = (await office.assign(await office.incident('II'), 'URB')) as [string];
    await office.advance(31);
    expect(said(await giveBack(order, 'URB', notOurs('TRAN')))).toBe('422 AFTER_RETURN_LIMIT');
  });

  it('whose return is refused stays, still to be signed for, and is not returned twice', async () => {
    const [order] = (await office.assign(await office.incident(), 'URB')) as [string];
    expect(said(await giveBack(order, 'URB', notOurs('TRAN')))).toBe('200');
    const signer = await office.person('liaison', 'URB');
    expect(said(await office.post(signer, `/assignments/${order}/acknowledge`))).toBe('409 ASSIGNMENT_STATE');
    expect(said(await judge(order, 'refuse'))).toBe('200');
    expect(said(await giveBack(order, 'URB', notOurs('TRAN')))).toBe('422 RETURNED_BEFORE');
    expect(said(await office.post(signer, `/assignments/${order}/acknowledge`))).toBe('200');
  });

  it('whose return is accepted goes back to the owner: public clocks go on, those of the body end, routing is proposed anew', async () => {
    const incident = await office.incident();
    const [order] = (await office.assign(incident, 'URB')) as [string];
    expect(await office.clocks(incident)).toMatchObject({ [`signFor.heat3#${order}`]: 'armed' });
    await giveBack(order, 'URB', notOurs('TRAN'));
    expect(said(await judge(order, 'accept'))).toBe('200');
    expect(await office.state(incident)).toBe('confirmed');
    await office.advance(90);
    expect(await office.clocks(incident)).toMatchObject({
      'publicResponse.limit': 'armed',
      [`signFor.heat3#${order}`]: 'cancelled',
    });
    expect(await office.ledger(incident, 'assignment.')).toEqual([
      ASSIGNMENT_EVENTS.dispatched,
      ASSIGNMENT_EVENTS.returnRequested,
      ASSIGNMENT_EVENTS.returnAccepted,
    ]);
    const subjects = await office.db.worker.asSystem((tx) => routingSubjects(tx, [incident]));
    expect(subjects[0]!.returns).toEqual([{ body: bodyOf('URB'), code: 'R3', proposedBody: bodyOf('TRAN') }]);
    const [next] = (await office.assign(incident, 'TRAN')) as [string];
    expect(await office.clocks(incident)).toMatchObject({ [`signFor.heat3#${next}`]: 'armed' });
  });
});

describe('S-29 the second return by another body', () => {
  it('makes the incident disputed: only the government office names the lead, the first receiver coordinates meanwhile', async () => {
    const incident = await office.incident();
    const [first] = (await office.assign(incident, 'URB')) as [string];
    await giveBack(first, 'URB', notOurs('TRAN'));
    await judge(first, 'accept');
    const [second] = (await office.assign(incident, 'TRAN')) as [string];
    expect(said(await giveBack(second, 'TRAN', notOurs('URB')))).toBe('200');
    expect(await office.ledger(incident, 'assignment.disputed')).toEqual([ASSIGNMENT_EVENTS.disputed]);

    const analyst = await office.person('analyst');
    const judged = await judge(second, 'accept');
    expect([said(judged), judged.params]).toMatchObject(['409 DISPUTED', { coordinator: bodyOf('URB') }]);
    const to = { addressees: [{ bodyId: bodyOf('ENV'), role: 'lead' }], reason: '另派' };
    expect(said(await office.post(analyst, `/incidents/${incident}/transfer`, to))).toBe('409 DISPUTED');
    const named = {
      leadBodyId: bodyOf('URB'),
      reason: '夜间噪声由城管牵头',
      coResponders: [{ bodyId: bodyOf('TRAN') }],
    };
    expect(said(await office.post(analyst, `/incidents/${incident}/lead-decision`, named))).toBe(
      '403 PERMISSION_MISSING',
    );

    const government = await office.person('gov_office');
    const decided = await office.post(government, `/incidents/${incident}/lead-decision`, named);
    expect([said(decided), (decided.body['assignmentIds'] as string[]).length]).toEqual(['200', 2]);
    expect(await office.ledger(incident, 'assignment.')).toEqual([
      ...['dispatched', 'returnRequested', 'returnAccepted', 'dispatched', 'returnRequested', 'disputed'].map(
        (name) => `assignment.${name}`,
      ),
      ...['leadDecided', 'returnAccepted', 'dispatched', 'dispatched'].map((name) => `assignment.${name}`),
    ]);
    const { body } = await office.get(analyst, `/incidents/${incident}`);
    expect([body['state'], body['leadBodyId']]).toEqual(['assigned', bodyOf('URB')]);
    expect(said(await office.post(analyst, `/incidents/${incident}/transfer`, to))).toBe('200');
  });

  it('may end with the one that just returned: it keeps its order', async () => {
    const incident = await office.incident();
    const [first] = (await office.assign(incident, 'URB')) as [string];
    await giveBack(first, 'URB', notOurs('TRAN'));
    await judge(first, 'accept');
    const [second] = (await office.assign(incident, 'TRAN')) as [string];
    await giveBack(second, 'TRAN', notOurs('URB'));
    const decided = await office.post(await office.person('gov_office'), `/incidents/${incident}/lead-decision`, {
      leadBodyId: bodyOf('TRAN'),
      reason: '占道施工由交通牵头',
    });
    expect(decided.body['assignmentIds']).toEqual([second]);
    const signer = await office.person('liaison', 'TRAN');
    expect(said(await office.post(signer, `/assignments/${second}/acknowledge`))).toBe('200');
  });
});
