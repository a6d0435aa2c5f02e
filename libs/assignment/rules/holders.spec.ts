import { describe, expect, it } from '@jest/globals';
import { type HolderFacts, holdersOf, pingPongOf } from './holders.js';

const at = (time: string) => new Date(`2026-03-02T${time}:00+08:00`);
const facts = (part: Partial<HolderFacts>): HolderFacts => ({
  detectedAt: at('08:00'),
  closedAt: at('18:00'),
  ownerBodyId: 'CYBER',
  leads: [],
  returns: [],
  disputes: [],
  ...part,
});
const told = (part: Partial<HolderFacts>, now = at('20:00')) =>
  holdersOf(facts(part), now).map(({ bodyId, reason, minutes }) => `${bodyId} ${reason} ${minutes}`);

describe('holdersOf: minutes by holder', () => {
  it('counts every minute from detection to close-out exactly once', () => {
    const leads = [{ bodyId: 'URB', dispatchedAt: at('08:20'), endedAt: at('17:30'), completed: true }];
    expect(told({ leads })).toEqual(['CYBER unassigned 20', 'URB lead 550', 'CYBER closing 30']);
  });

  it('of a case that nobody was assigned to belong to the owner of the line, up to now', () => {
    expect(told({ closedAt: null }, at('09:30'))).toEqual(['CYBER unassigned 90']);
  });

  it('of a return belong to who judges it, and of a dispute to the first receiver (S-29)', () => {
    const leads = [
      { bodyId: 'URB', dispatchedAt: at('08:30'), endedAt: at('09:10'), completed: false },
      { bodyId: 'TRAN', dispatchedAt: at('09:20'), endedAt: at('12:00'), completed: false },
      { bodyId: 'URB', dispatchedAt: at('12:00'), endedAt: null, completed: false },
    ];
    const returns = [
      { from: at('09:00'), to: at('09:10') },
      { from: at('10:00'), to: at('12:00') },
    ];
    const disputes = [{ coordinatorBodyId: 'URB', from: at('10:00'), to: at('12:00') }];
    expect(told({ leads, returns, disputes })).toEqual([
      'CYBER unassigned 30',
      'URB lead 30',
      'CYBER returnJudged 10',
      'CYBER unassigned 10',
      'TRAN lead 40',
      'URB dispute 120',
      'URB lead 360',
    ]);
    expect(holdersOf(facts({ leads, returns, disputes }), at('20:00')).reduce((sum, s) => sum + s.minutes, 0)).toBe(
      600,
    );
  });

  it('ignores what lies outside: an order before a late detection stamp, an end after the close-out', () => {
    expect(
      told({ leads: [{ bodyId: 'URB', dispatchedAt: at('07:00'), endedAt: at('19:00'), completed: false }] }),
    ).toEqual(['URB lead 600']);
  });
});

describe('pingPongOf', () => {
  it('counts hand-overs to another lead', () => {
    const order = (bodyId: string, time: string) => ({
      bodyId,
      dispatchedAt: at(time),
      endedAt: null,
      completed: false,
    });
    expect(pingPongOf([])).toBe(0);
    expect(pingPongOf([order('A', '08:00')])).toBe(0);
    expect(pingPongOf([order('A', '10:00'), order('B', '09:00'), order('A', '08:00')])).toBe(2);
  });
});
