import { expect, test } from '@jest/globals';
import { type ClosingEvidence, type DispositionKind, missingEvidence } from './dispositions.js';

const published = [
  { id: 'notice', kind: 'responseToDoubts' },
  { id: 'refutation', kind: 'rumourClarification' },
];
const transfers = [
  { id: 'answered', received: true },
  { id: 'sent', received: false },
];
const missing = (kind: DispositionKind, evidence: ClosingEvidence) =>
  missingEvidence(kind, evidence, published, transfers);
const notice = { statementIds: ['notice'] };

test('every kind needs a statement that was published and proven', () => {
  for (const kind of ['D1', 'D2', 'D3', 'D4', 'D5', 'D6'] as const)
    expect(missing(kind, { statementIds: ['draft'] })).toContain('publishedStatement');
  for (const kind of ['D3', 'D4', 'D5'] as const) expect(missing(kind, notice)).toEqual([]);
});

test('a suggestion is adopted, or partly or not with the reason', () => {
  expect(missing('D1', notice)).toEqual(['adoptionResult']);
  expect(missing('D1', { ...notice, adoption: { result: 'partly', reason: ' ' } })).toEqual(['adoptionReason']);
  expect(missing('D1', { ...notice, adoption: { result: 'not', reason: '超出规划' } })).toEqual([]);
  expect(missing('D1', { ...notice, adoption: { result: 'adopted' } })).toEqual([]);
});

test('a difficulty is solved by a day', () => {
  expect(missing('D2', notice)).toEqual(['solutionDate']);
  expect(missing('D2', { ...notice, solutionDate: '2026-12-01' })).toEqual([]);
});

test('a rumour is refuted, and handed over or found without illegality', () => {
  const noIllegality = { by: '990121-POLICE', finding: '未发现违法' };
  expect(missing('D6', { ...notice, noIllegality })).toEqual(['refutation']);
  expect(missing('D6', { statementIds: ['refutation'] })).toEqual(['transferOrNoIllegality']);
  expect(missing('D6', { statementIds: ['refutation'], noIllegality })).toEqual([]);
  expect(missing('D6', { statementIds: ['refutation'], transferId: 'sent' })).toEqual(['transferReceipt']);
  expect(missing('D6', { statementIds: ['refutation'], transferId: 'elsewhere' })).toEqual(['transferOrNoIllegality']);
  expect(missing('D6', { statementIds: ['refutation'], transferId: 'answered' })).toEqual([]);
});
