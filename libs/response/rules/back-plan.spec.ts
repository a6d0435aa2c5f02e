import { expect, test } from '@jest/globals';
import { backPlan } from './back-plan.js';

const at = (text: string) => new Date(`2026-11-20T${text}+08:00`);
const rules = [
  { step: 'approval' as const, minutesBefore: 480 },
  { step: 'liveLink' as const, minutesBefore: 60 },
];

test('R29 counts back from the conference', () => {
  expect(backPlan(rules, at('20:00:00'), at('08:00:00'))).toEqual([
    { step: 'approval', dueAt: at('12:00:00') },
    { step: 'liveLink', dueAt: at('19:00:00') },
  ]);
});

test('with less time than the plan asks for, the steps keep their order and lie ahead', () => {
  const [approval, liveLink] = backPlan(rules, at('20:00:00'), at('19:00:00'));
  expect(approval!.dueAt > at('19:00:00')).toBe(true);
  expect(liveLink!.dueAt > approval!.dueAt && liveLink!.dueAt < at('20:00:00')).toBe(true);
});

test('nothing is planned for a time that has passed', () => {
  expect(backPlan(rules, at('20:00:00'), at('20:00:00'))).toEqual([]);
});
