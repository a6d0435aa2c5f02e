/**
 * `npm run policy -- check <pack>`: is the pack fit, and does every category of every place of its city reach a body with a person?
 * `npm run policy -- diff <pack> <changed pack> [incidents.jsonl]`: what would have become of past incidents; without a file those
 * of the database (DATABASE_AUDITOR_URL, else the private database of a running installation). A pack is its id or a YAML file.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadDuties } from '#accounts/duties.js';
import { reachableBodies } from '#accounts/reachable-bodies.js';
import { checkRouting } from '#assignment/rules/routing/check-routing.js';
import type { IncidentHistory } from '#clocks/contract.js';
import { pastHistories } from '#clocks/ledger-lines.store.js';
import { checkPack } from '#clocks/policy/check-pack.js';
import { checkReach } from '#clocks/policy/check-reach.js';
import type { PolicyPack } from '#clocks/policy/contract.js';
import { type ClockOutcome, diffPacks } from '#clocks/policy/diff-packs.js';
import { loadPack, loadPackFile } from '#clocks/policy/load-pack.js';
import { loadCalendar } from '#directory/calendar.js';
import type { CityDirectory } from '#directory/contract.js';
import { loadCity } from '#directory/load-city.js';
import { ConfigError } from '#kernel/error.js';
import { officeIso } from '#kernel/time.js';
import { readEnvironment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { runningPrivateDatabase } from '#platform/private-postgres/running-database.js';
import { DATABASE_ROLES } from '../migrations/security.js';
import { historiesOf } from './evaluate/clocks/histories.js';
import type { ClockRow } from './evaluate/clocks/row.js';
import { readJsonLines, UnreadableInput } from './evaluate/frame.js';
import { CONFIG_DIR } from './evaluate/workdays.js';

const USAGE =
  'usage: npm run policy -- check <pack> [--city <id>] | diff <pack> <changed pack> [incidents.jsonl] [--json]';
const CITIES = ['nantong', 'press-bureau', 'yiwu', 'heze', 'yunjiang'];
/** Past incidents that one comparison reads at most; it says when there were more. */
const MAX_INCIDENTS = 5_000;

const isFile = (name: string) => /\.ya?ml$/.test(name);
const load = (name: string): PolicyPack =>
  isFile(name) ? loadPackFile(name, path.join(CONFIG_DIR, 'policies', 'shared')) : loadPack(CONFIG_DIR, name);
const fileOf = (name: string) => (isFile(name) ? name : path.join(CONFIG_DIR, 'policies', `${name}.yaml`));

/** The cities whose cases run under the pack; a national or provincial pack has none. */
const citiesOf = (pack: PolicyPack, named: string | undefined): CityDirectory[] =>
  (named === undefined ? CITIES : [named])
    .map((id) => loadCity(CONFIG_DIR, id))
    .filter((city) => named !== undefined || city.policy === pack.id);

/** Prints what a pack is made of and what is wrong with it; false when it is unfit. */
async function check(name: string, { json, city }: { json: boolean; city: string | undefined }): Promise<boolean> {
  const pack = load(name);
  const cities = citiesOf(pack, city);
  const people = await whoCanSign();
  const reachable = people === undefined ? undefined : (bodyId: string) => people.has(bodyId);
  const findings = [
    ...checkPack(pack),
    ...cities.flatMap((place) => [...checkReach(place, reachable), ...checkRouting(place, new Date(), reachable)]),
  ];
  const errors = findings.filter((finding) => finding.severity === 'error');
  const reach =
    cities.length === 0
      ? 'no city runs under it, reach not looked at'
      : `reach in ${cities.map(({ name: place }) => place).join('、')}${people === undefined ? ' by bodies only (no database named)' : ' to persons'}`;
  if (json)
    process.stdout.write(
      `${JSON.stringify({ pack: pack.id, versions: pack.versions.map((version) => version.version), cities: cities.map(({ id }) => id), people: people !== undefined, findings })}\n`,
    );
  else {
    for (const { severity, where, message } of findings)
      (severity === 'error' ? console.error : console.log)(`${severity}: ${fileOf(name)}: ${where}: ${message}`);
    const rules = pack.versions.map((version) => `${version.version} ${version.rules.length} rules`).join(', ');
    console.log(`${pack.id} ${pack.label}: ${rules}; ${reach}; ${errors.length} errors`);
  }
  return errors.length === 0;
}

/** Bodies with somebody who can sign, when a database is named; it is read under the scope of administration. */
async function whoCanSign(): Promise<ReadonlySet<string> | undefined> {
  const { databaseUrl, configDir } = readEnvironment(process.env);
  if (databaseUrl === undefined) return undefined;
  const database = await Database.connect({ url: databaseUrl, applicationName: 'huiying-policy', poolSize: 1 });
  try {
    const scope = { purpose: 'administration' as const, jurisdictions: [''], bodies: [] };
    return await database.inScope(scope, (tx) => reachableBodies(tx, loadDuties(configDir)));
  } finally {
    await database.close();
  }
}

/** A past incident to be replayed, and the instant up to which it is looked at. */
interface Replayed {
  id: string;
  history: IncidentHistory;
  now: number;
}

const fromFile = (file: string): Replayed[] =>
  readJsonLines<ClockRow>(file).flatMap((row) =>
    [...historiesOf(row).cases.values()].map((history) => ({ id: row.id, history, now: Date.parse(row.asOf) })),
  );

async function fromDatabase(packId: string): Promise<Replayed[]> {
  const environment = readEnvironment(process.env);
  const url =
    process.env['DATABASE_AUDITOR_URL'] ??
    runningPrivateDatabase(environment.dataDir, { key: 'auditor', name: DATABASE_ROLES.auditor });
  const database = await Database.connect({ url, applicationName: 'huiying-policy', poolSize: 1 });
  try {
    return await database.asSystem(async (tx) => {
      const now = (await tx.now()).getTime();
      const past = await pastHistories(tx, packId, MAX_INCIDENTS);
      if (past.length === MAX_INCIDENTS) console.error(`only the newest ${MAX_INCIDENTS} incidents are looked at`);
      return past.map(({ number, history }) => ({ id: number, history, now }));
    });
  } finally {
    await database.close();
  }
}

const told = (outcome: ClockOutcome | null) =>
  outcome === null ? 'none' : `${outcome.dueAt === null ? '–' : officeIso(new Date(outcome.dueAt))} ${outcome.state}`;

/** Prints the clocks of past incidents that would have been due at another time, or have ended otherwise. */
async function diff(before: string, after: string, { file, json }: { file: string | undefined; json: boolean }) {
  const packs = { before: load(before), after: load(after) };
  const calendar = loadCalendar(CONFIG_DIR);
  const past = file === undefined ? await fromDatabase(packs.before.id) : fromFile(file);
  const differences = past.flatMap(({ id, history, now }) =>
    diffPacks(packs, calendar, history, now).map((difference) => ({ id, ...difference })),
  );
  const incidents = new Set(past.map(({ id }) => id)).size;
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ before: packs.before.id, after: packs.after.id, incidents, differences })}\n`,
    );
    return;
  }
  for (const difference of differences)
    console.log(
      `${difference.id} ${difference.act} ${difference.force}: ${told(difference.before)} → ${told(difference.after)}`,
    );
  const touched = new Set(differences.map((difference) => difference.id)).size;
  console.log(
    `${packs.before.id} → ${packs.after.id}: ${differences.length} clocks of ${touched} of ${incidents} incidents differ`,
  );
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, city: { type: 'string' } },
  });
  const [command, first, second, file] = positionals;
  if (command === 'check' && first !== undefined && second === undefined)
    return (await check(first, { json: values.json, city: values.city })) ? 0 : 1;
  if (command === 'diff' && first !== undefined && second !== undefined) {
    await diff(first, second, { file, json: values.json });
    return 0;
  }
  console.error(USAGE);
  return 2;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof ConfigError || error instanceof UnreadableInput ? error.message : error);
  process.exitCode = error instanceof ConfigError ? 1 : 2;
}
