import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';
import type { CityDirectory } from '#directory/contract.js';
import { loadCity } from '#directory/load-city.js';
import { proposeRouting } from './propose-routing.js';

// The first load reads the country's divisions and all packs; on a busy machine that takes seconds.
jest.setTimeout(60_000);

interface OwnCase {
  id: string;
  pack: string;
  text: string;
  hotlineArea: string | null;
  feedRegion: string | null;
  expected: {
    jurisdictionCode: string | null;
    acceptJurisdictions?: (string | null)[];
    acceptRules: string[];
    lead: string | null;
    alternatives: (string | null)[];
    coBodies: string[];
    notBodies: string[];
  };
}

const CONFIG = fileURLToPath(new URL('../../../../config', import.meta.url));
const CITY: Record<string, string> = { NT: 'nantong', YW: 'yiwu', HZ: 'heze' };
const cases = readFileSync(new URL('own-cases.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as OwnCase);
const cities = new Map<string, CityDirectory>();
const cityOf = (pack: string): CityDirectory => {
  const id = CITY[pack] ?? pack;
  const city = cities.get(id) ?? loadCity(CONFIG, id);
  cities.set(id, city);
  return city;
};
const route = ({ pack, ...input }: OwnCase) =>
  proposeRouting({ ...input, now: new Date('2026-01-01T00:00:00+08:00') }, cityOf(pack));

describe('cases of our own, judged by the catalogue of duties and the rules A1–A12', () => {
  it('cover every kind of body of the catalogue and every pack', () => {
    const leads = new Set(cases.flatMap(({ expected }) => [expected.lead, ...expected.alternatives]));
    expect([...cityOf('NT').types.keys()].filter((code) => !leads.has(code) && code !== 'HEATC')).toEqual([]);
    expect(new Set(cases.map(({ pack }) => pack))).toEqual(new Set(['NT', 'HZ', 'YW', 'yunjiang', 'press-bureau']));
    const rules = new Set(cases.flatMap(({ expected }) => expected.acceptRules));
    expect([...rules].sort()).toEqual(['A1', 'A10', 'A11', 'A12', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9']);
  });

  it('go where they belong: place, rule, lead, who takes part and who doesn’t', () => {
    const wrong = cases.filter((one) => {
      const found = route(one);
      const { expected } = one;
      const lead = found.lead?.code ?? null;
      const acting = [lead, ...found.coResponders.map(({ code }) => code)];
      const taking = [
        ...acting,
        ...found.copies.map(({ code }) => code),
        ...found.coordinators.map(({ code }) => code),
      ];
      return !(
        [expected.jurisdictionCode, ...(expected.acceptJurisdictions ?? [])].includes(found.jurisdiction.code) &&
        expected.acceptRules.includes(found.rule) &&
        [expected.lead, ...expected.alternatives].includes(lead) &&
        expected.coBodies.every((code) => taking.includes(code)) &&
        !expected.notBodies.some((code) => acting.includes(code))
      );
    });
    expect(wrong.map(({ id, text }) => `${id} ${text}`)).toEqual([]);
  });

  it('move with what was learnt, but never over a rule', () => {
    const text = '崇川区一栋老楼的楼道灯坏了没人管';
    const asked = { text, feedRegion: '南通市', now: new Date('2026-01-01T00:00:00+08:00') };
    const before = proposeRouting(asked, cityOf('NT'));
    const rival = before.rejected[0]?.code ?? 'URB';
    const words = before.matched.map(({ word }) => word);
    const learnt = new Map(
      words.map((word) => [
        word,
        new Map([
          [rival, 2],
          [before.lead!.code, -2],
        ]),
      ]),
    );
    const after = proposeRouting({ ...asked, learnt }, cityOf('NT'));
    expect(after.rule).toBe(before.rule);
    const outside = proposeRouting({ ...asked, text: '苏州市姑苏区楼道灯坏了', learnt }, cityOf('NT'));
    expect(outside.rule).toBe('A12');
  });
});
