import { expect, test } from '@jest/globals';
import { type GateAttempt, type GateRules, refuseGate } from './review-gates.js';

const rules: GateRules = {
  gateDuties: {
    competentBody: ['competent_reviewer'],
    secrecy: ['secrecy_reviewer'],
    approver: ['approver', 'body_head'],
  },
  mayCoincide: [],
  checks: { competentBody: ['political', 'policy', 'wording'], secrecy: ['stateSecrets'], approver: [] },
  important: { grades: ['I', 'II'], duties: ['body_head'] },
};
const passedBy = (userId: string) => ({ by: userId, userId, at: '', result: 'passed' });
const attempt = (change: Partial<GateAttempt>): GateAttempt => ({
  gate: 'competentBody',
  passed: {},
  author: 'author',
  userId: 'a',
  duties: ['competent_reviewer', 'secrecy_reviewer', 'approver'],
  checks: ['political', 'policy', 'wording', 'stateSecrets'],
  grade: 'III',
  ...change,
});
const code = (change: Partial<GateAttempt>, under = rules) => refuseGate(attempt(change), under)?.code;

test('R40 the gates come in order, each by who holds its duty', () => {
  expect(code({ gate: 'secrecy' })).toBe('GATE_ORDER');
  expect(code({ duties: ['secrecy_reviewer'] })).toBe('GATE_DUTY');
  expect(code({})).toBeUndefined();
});

test('one reviewer passes one gate, unless the configuration lets two coincide', () => {
  const passed = { competentBody: passedBy('a') };
  expect(code({ gate: 'secrecy', passed })).toBe('SAME_REVIEWER');
  expect(code({ gate: 'secrecy', passed, userId: 'b' })).toBeUndefined();
  const small = { ...rules, mayCoincide: [['competentBody', 'approver'] as const] };
  const both = { ...passed, secrecy: passedBy('b') };
  expect(code({ gate: 'approver', passed: both }, small)).toBeUndefined();
  expect(code({ gate: 'approver', passed: both })).toBe('SAME_REVIEWER');
});

test('R41 the author approves nothing, and an important release is signed by the head', () => {
  const passed = { competentBody: passedBy('b'), secrecy: passedBy('c') };
  expect(code({ gate: 'approver', passed, author: 'a' })).toBe('OWN_DRAFT');
  expect(code({ gate: 'approver', passed, grade: 'II' })).toBe('LEADER_SIGNS');
  expect(code({ gate: 'approver', passed, grade: 'II', duties: ['body_head'] })).toBeUndefined();
});

test('R42 a gate without its marks is not passed', () => {
  expect(refuseGate(attempt({ checks: ['political'] }), rules)).toMatchObject({
    code: 'GATE_CHECKS_MISSING',
    params: { missing: ['policy', 'wording'] },
  });
});
