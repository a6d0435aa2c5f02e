import { expect, test } from '@jest/globals';
import { at, calendar, graded, incident, pack, released } from '../../../test/support/clock-histories.js';
import { checkPack } from './check-pack.js';
import type { ClockRule, PolicyPack } from './contract.js';
import { diffPacks } from './diff-packs.js';

/** The pack of Yunjiang with some rules changed. */
const changed = (change: (rule: ClockRule) => ClockRule | undefined): PolicyPack => {
  const shipped = pack('yunjiang');
  return {
    ...shipped,
    versions: shipped.versions.map((version) => ({
      ...version,
      rules: version.rules.flatMap((rule) => change(rule) ?? []),
    })),
  };
};
const errors = (checked: PolicyPack) =>
  checkPack(checked)
    .filter((finding) => finding.severity === 'error')
    .map((finding) => finding.message);

test.each(['national', 'nantong', 'press-bureau', 'yiwu', 'heze', 'jiangsu-2019', 'yunjiang'])(
  'the shipped pack %s has no error',
  (id) => {
    expect(errors(pack(id))).toEqual([]);
  },
);

test('signing and verifying must end before the public limit of their class', () => {
  const slow = changed((rule) => (rule.id === 'verificationFeedback.fast' ? { ...rule, amount: 290 } : rule));
  expect(errors(slow)).toEqual([
    'fast: signFor.fast + verificationFeedback.fast take 5.08 h, longer than firstRelease.limit with 5 h',
  ]);
  // Working days have no fixed length in hours; whether two of them fit into 48 h depends on the week.
  expect(checkPack(pack('yunjiang'))).toMatchObject([
    { severity: 'warning', where: expect.stringContaining('verificationFeedback.heat4') },
  ]);
});

test('each class needs a public limit, a release limit its make-up, and a clock something that stops it', () => {
  expect(errors(changed((rule) => (rule.act === 'publicResponse' ? undefined : rule)))).toContain(
    'other, heat III: no public limit',
  );
  expect(errors(changed((rule) => (rule.act === 'makeupRelease' ? undefined : rule)))).toEqual([
    'a release limit without makeupRelease',
  ]);
  expect(errors(changed((rule) => (rule.act === 'pressConference' ? { ...rule, stopEvidence: [] } : rule)))).toEqual([
    'nothing can stop this clock',
  ]);
});

test('two packs are compared on a past incident: what would have been due when, and what would have become of it', () => {
  const history = incident({ occurred: '2026-06-03 09:00', detected: '2026-06-03 09:20' }, [
    graded('2026-06-03 09:30', 'II'),
    released('2026-06-03 13:30'),
  ]);
  const stricter = changed((rule) =>
    rule.id === 'firstRelease.limit' ? { ...rule, amount: 4 } : rule.id === 'firstRelease.target' ? undefined : rule,
  );
  expect(diffPacks({ before: pack('yunjiang'), after: stricter }, calendar, history, at('2026-06-03 15:00'))).toEqual([
    {
      incidentId: 'incident',
      act: 'firstRelease',
      force: 'target',
      assignmentId: null,
      before: { dueAt: at('2026-06-03 12:00'), state: 'metLate' },
      after: null,
    },
    {
      incidentId: 'incident',
      act: 'firstRelease',
      force: 'limit',
      assignmentId: null,
      before: { dueAt: at('2026-06-03 14:00'), state: 'met' },
      after: { dueAt: at('2026-06-03 13:00'), state: 'metLate' },
    },
  ]);
});
