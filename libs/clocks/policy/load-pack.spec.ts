import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CONFIG_DIR, at, calendar, graded, incident, pack } from '../../../test/support/clock-histories.js';
import { computeClocks } from '../rules/compute-clocks.js';
import { loadPack } from './load-pack.js';
import { scalePack } from './scale-pack.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pack-'));
  cpSync(path.join(CONFIG_DIR, 'policies'), path.join(folder, 'policies'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The shipped pack of Nantong with one passage changed. */
function loadChanged(from: string, to: string) {
  const file = path.join(folder, 'policies', 'nantong.yaml');
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`the pack has no ${from}`);
  writeFileSync(file, text.replace(from, to));
  return loadPack(folder, 'nantong');
}

const hours = (id: string, act: string, force: string) =>
  pack(id)
    .versions.at(-1)!
    .rules.find((rule) => rule.act === act && rule.force === force)?.amount;

test.each(['national', 'nantong', 'press-bureau', 'yiwu', 'heze', 'jiangsu-2019', 'yunjiang'])(
  'the pack %s gives every rule its document and article',
  (id) => {
    const loaded = pack(id);
    expect(loaded.id).toBe(id);
    expect(loaded.invented).toBe(id === 'yunjiang');
    for (const rule of loaded.versions.flatMap((version) => version.rules))
      expect(rule.basis).toMatchObject({ document: expect.stringMatching(/./), article: expect.stringMatching(/./) });
  },
);

test('3, 5, 24 and 48 hours stand where the documents have them (domain 3.1)', () => {
  const all = (id: string) => [
    hours(id, 'firstRelease', 'target'),
    hours(id, 'firstRelease', 'limit'),
    hours(id, 'pressConference', 'limit'),
    hours(id, 'publicResponse', 'limit'),
  ];
  expect(all('nantong')).toEqual([3, 5, 24, 48]);
  expect(all('press-bureau')).toEqual([3, 5, 24, 48]);
  expect(all('yiwu')).toEqual([undefined, 5, 24, 48]);
  expect(all('heze')).toEqual([undefined, 5, 24, 48]);
  expect(all('national')).toEqual([undefined, 5, 24, 48]);
  // The rules of Nantong don't say 48 hours; the national text does.
  expect(
    pack('nantong')
      .versions.at(-1)!
      .rules.find((rule) => rule.act === 'publicResponse')?.basis.document,
  ).toBe('国办发〔2016〕61号');
});

test.each([
  [
    'a rule without basis',
    '        basis: { document: 国办发〔2016〕61号, article: 回应时限, flag: N }\n',
    '',
    /nantong\.yaml: versions\[0\]\.rules\[0\]\.basis/,
  ],
  [
    'a public clock that may pause',
    'ring: public\n',
    'ring: public\n        pausable: true\n',
    /versions\[0\]\.rules\[0\]\.pausable/,
  ],
  [
    'an unknown set of evidence',
    'stopEvidence: conference',
    'stopEvidence: rumours',
    /versions\[0\]\.rules\[0\]: stopEvidence: no set of evidence is called rumours/,
  ],
  [
    'a rule named twice',
    'id: publicResponse.limit',
    'id: pressConference.limit',
    /rule pressConference\.limit is named twice/,
  ],
  [
    'versions that overlap',
    'effectiveTo: 2016-11-10',
    'effectiveTo: 2016-11-11',
    /versions\[1\] \(nantong-2016-11\): overlaps/,
  ],
  [
    'versions with a gap',
    'effectiveTo: 2016-11-10',
    'effectiveTo: 2016-11-09',
    /versions\[1\] \(nantong-2016-11\): leaves a gap/,
  ],
  ['a negative amount', 'amount: 24', 'amount: -24', /versions\[0\]\.rules\[0\]\.amount/],
  ['an unknown key', 'fastFrom: II', 'fastFrom: II\ncity: nantong', /nantong\.yaml: .*city/],
  ['a date that does not exist', 'effectiveTo: 2016-11-10', 'effectiveTo: 2016-11-31', /effectiveTo/],
  ['a missing fragment', 'duties-nantong', 'duties-nowhere', /duties-nowhere\.yaml/],
])('%s is refused with file and path', (_, from, to, message) => {
  expect(() => loadChanged(from, to)).toThrow(message);
});

test('an old case is judged by the pack of its day: 3 hours came to Nantong in 2019 only', () => {
  const releaseRules = (occurred: string) => {
    const history = incident({ occurred, detected: occurred }, [graded(occurred, 'II')]);
    return computeClocks({ pack: pack(), calendar, history, now: at(occurred) })
      .clocks.filter((clock) => clock.ring === 'public')
      .map((clock) => `${clock.policyVersion} ${clock.id}`);
  };
  expect(releaseRules('2016-08-01 09:00')).toEqual(['nantong-2016-07 pressConference.limit']);
  expect(releaseRules('2019-03-11 23:59')).toEqual([
    'nantong-2016-11 firstRelease.limit',
    'nantong-2016-11 pressConference.limit',
  ]);
  expect(releaseRules('2019-03-12 00:00')).toEqual(
    ['firstRelease.target', 'firstRelease.limit', 'pressConference.limit'].map((id) => `nantong-2019 ${id}`),
  );
});

test('a drill runs the same pack at another scale, a working day being 24 drill hours', () => {
  const drill = scalePack(pack(), 1000);
  const rules = new Map(drill.versions.at(-1)!.rules.map((rule) => [rule.id, rule]));
  expect(rules.get('firstRelease.limit')).toMatchObject({ amount: 5000, unit: 'millisecond', calendar: 'natural' });
  expect(rules.get('handlingFeedback.heat3')).toMatchObject({ amount: 48_000, dayRule: 'from-instant' });
  expect(rules.get('signFor.heat4')).toMatchObject({ amount: 2000, calendar: 'natural' });
  expect(drill.terms.returnLimits.other).toEqual({ amount: 2000, unit: 'millisecond' });
  expect(() => scalePack(pack(), 0)).toThrow(RangeError);
});
