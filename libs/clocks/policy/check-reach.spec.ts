import { expect, test } from '@jest/globals';
import { loadCity } from '#directory/load-city.js';
import { CONFIG_DIR } from '../../../test/support/clock-histories.js';
import { checkReach } from './check-reach.js';

test.each(['nantong', 'press-bureau', 'yiwu', 'heze', 'yunjiang'])(
  'in %s every category of every place reaches a body',
  (id) => {
    expect(checkReach(loadCity(CONFIG_DIR, id))).toEqual([]);
    expect(checkReach(loadCity(CONFIG_DIR, id), () => true)).toEqual([]);
  },
);

test('a queue without a person, and an emergency that nobody could sign for, are errors; single empty bodies a warning', () => {
  const city = loadCity(CONFIG_DIR, 'yunjiang');
  const findings = checkReach(city, (bodyId) => !/-(CYBER|EMER|HEAL|POLICE|FIRE|ENV)$/.test(bodyId));
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ where }) => where)).toContain('白塔县 C5');
  expect(errors[0]).toMatchObject({ where: '云江市', message: expect.stringContaining('keeps the queue') });
  expect(errors.map(({ where }) => where)).not.toContain('白塔县 C3');
  expect(findings.find(({ severity, where }) => severity === 'warning' && where === '白塔县')).toMatchObject({
    message: expect.stringContaining('白塔县公安局'),
  });
});

test('a body that is gone leaves its category without an addressee', () => {
  const city = loadCity(CONFIG_DIR, 'yunjiang');
  const none = { ...city, bodyFor: () => undefined };
  expect(checkReach(none).map(({ where }) => where)).toContain('云江市 C1');
});
