/**
 * Items routed a second on one core: `node bench/routing.mjs [items] [seconds]` after a build. 54 kinds of bodies in 12 counties;
 * texts are the routing cases of the project, lengthened to the size of real messages by sentences of their own. Prints one JSON
 * object; asserts nothing.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCity } from '../dist/libs/directory/load-city.js';
import { proposeRouting } from '../dist/libs/assignment/rules/routing/propose-routing.js';
import { benchCity } from './routing-city.mjs';

const [items = 4_000, seconds = 8] = process.argv.slice(2).map(Number);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const city = benchCity(loadCity, path.join(root, 'config'));
const now = new Date('2026-01-05T10:00:00+08:00');

const cases = readFileSync(path.join(root, 'libs/assignment/rules/routing/own-cases.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line))
  .filter(({ pack }) => pack === 'NT');
const LONGER = [
  '，多次反映没有结果',
  '，希望有关部门尽快给个答复',
  '。昨天下午又去看过一次，还是老样子',
  '，附近居民都很着急',
];
const inputs = Array.from({ length: items }, (_, at) => {
  const { text, hotlineArea, feedRegion } = cases[at % cases.length];
  // Every text is another one, so that nothing can be remembered from the one before.
  return { text: `${text}${LONGER[at % LONGER.length]}（${at}）`, hotlineArea, feedRegion, now };
});

const run = () => {
  const from = process.cpuUsage();
  const start = process.hrtime.bigint();
  for (const input of inputs) proposeRouting(input, city);
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  const { user, system } = process.cpuUsage(from);
  return { perSecond: items / wall, perCpuSecond: items / ((user + system) / 1e6) };
};

run();
const runs = [];
for (const end = Date.now() + seconds * 1_000; Date.now() < end;) runs.push(run());
const median = (key) => runs.map((r) => r[key]).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
const length = inputs.reduce((sum, { text }) => sum + text.length, 0) / items;
console.log(
  JSON.stringify({
    bodies: city.bodies.size,
    kinds: city.types.size,
    counties: city.jurisdictions.size - 1,
    items,
    averageCharacters: Math.round(length),
    runs: runs.length,
    itemsPerSecond: Math.round(median('perSecond')),
    itemsPerCpuSecond: Math.round(median('perCpuSecond')),
    bestItemsPerCpuSecond: Math.round(Math.max(...runs.map((r) => r.perCpuSecond))),
  }),
);
