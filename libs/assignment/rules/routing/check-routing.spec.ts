import { expect, test } from '@jest/globals';
import { loadCity } from '#directory/load-city.js';
import { CONFIG_DIR } from '../../../../test/support/clock-histories.js';
import { checkRouting } from './check-routing.js';

const NOW = new Date('2026-11-20T08:00:00Z');

test.each(['nantong', 'press-bureau', 'yiwu', 'heze', 'yunjiang'])(
  'in %s every category and every kind of matter reaches a body at every place',
  (id) => {
    expect(checkRouting(loadCity(CONFIG_DIR, id), NOW)).toEqual([]);
  },
);

test('a queue that nobody signs for is an error, another silent lead a warning that names what it leads', () => {
  const findings = checkRouting(loadCity(CONFIG_DIR, 'yunjiang'), NOW, (id) => !/-(CYBER|WATR)$/.test(id));
  expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
    { where: expect.stringContaining('C1'), message: expect.stringContaining('nobody there can take an order') },
  ]);
  expect(findings.filter(({ severity }) => severity === 'warning').length).toBeGreaterThan(0);
});

test('a place whose bodies are gone is an error for each matter', () => {
  const city = loadCity(CONFIG_DIR, 'yunjiang');
  const none = { ...city, bodies: new Map(), bodyFor: () => undefined };
  expect(checkRouting(none, NOW).some(({ severity }) => severity === 'error')).toBe(true);
});
