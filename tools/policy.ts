/** `npm run policy -- check <pack>` and `npm run policy -- diff <packA> <packB> <incidents.jsonl>`; a pack is its id or a YAML file. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkPack } from '#clocks/policy/check-pack.js';
import type { PolicyPack } from '#clocks/policy/contract.js';
import { type ClockOutcome, diffPacks } from '#clocks/policy/diff-packs.js';
import { loadPack, loadPackFile } from '#clocks/policy/load-pack.js';
import { loadCalendar } from '#directory/calendar.js';
import { ConfigError } from '#kernel/error.js';
import { officeIso } from '#kernel/time.js';
import { historiesOf } from './evaluate/clocks/histories.js';
import type { ClockRow } from './evaluate/clocks/row.js';
import { readJsonLines, UnreadableInput } from './evaluate/frame.js';
import { CONFIG_DIR } from './evaluate/workdays.js';

const USAGE = 'usage: npm run policy -- check <pack> | diff <packA> <packB> <incidents.jsonl> [--json]';

const isFile = (name: string) => /\.ya?ml$/.test(name);
const load = (name: string): PolicyPack =>
  isFile(name) ? loadPackFile(name, path.join(CONFIG_DIR, 'policies', 'shared')) : loadPack(CONFIG_DIR, name);
const fileOf = (name: string) => (isFile(name) ? name : path.join(CONFIG_DIR, 'policies', `${name}.yaml`));

/** Prints what a pack is made of and what is wrong with it; false when it is unfit. */
function check(name: string, json: boolean): boolean {
  const pack = load(name);
  const findings = checkPack(pack);
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (json)
    process.stdout.write(
      `${JSON.stringify({ pack: pack.id, versions: pack.versions.map((version) => version.version), findings })}\n`,
    );
  else {
    for (const { severity, where, message } of findings)
      (severity === 'error' ? console.error : console.log)(`${severity}: ${fileOf(name)}: ${where}: ${message}`);
    const rules = pack.versions.map((version) => `${version.version} ${version.rules.length} rules`).join(', ');
    console.log(`${pack.id} ${pack.label}: ${rules}; ${errors.length} errors`);
  }
  return errors.length === 0;
}

const told = (outcome: ClockOutcome | null) =>
  outcome === null ? 'none' : `${outcome.dueAt === null ? '–' : officeIso(new Date(outcome.dueAt))} ${outcome.state}`;

/** Prints the clocks of past incidents that would have been due at another time, or have ended otherwise. */
function diff(before: string, after: string, file: string, json: boolean): void {
  const packs = { before: load(before), after: load(after) };
  const calendar = loadCalendar(CONFIG_DIR);
  const rows = readJsonLines<ClockRow>(file);
  const differences = rows.flatMap((row) =>
    [...historiesOf(row).cases.values()].flatMap((history) =>
      diffPacks(packs, calendar, history, Date.parse(row.asOf)).map((difference) => ({ id: row.id, ...difference })),
    ),
  );
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ before: packs.before.id, after: packs.after.id, incidents: rows.length, differences })}\n`,
    );
    return;
  }
  for (const difference of differences)
    console.log(
      `${difference.id} ${difference.act} ${difference.force}: ${told(difference.before)} → ${told(difference.after)}`,
    );
  const touched = new Set(differences.map((difference) => difference.id)).size;
  console.log(
    `${packs.before.id} → ${packs.after.id}: ${differences.length} clocks of ${touched} of ${rows.length} incidents differ`,
  );
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [command, first, second, file] = positionals;
  if (command === 'check' && first !== undefined && second === undefined) return check(first, values.json) ? 0 : 1;
  if (command === 'diff' && first !== undefined && second !== undefined && file !== undefined) {
    diff(first, second, file, values.json);
    return 0;
  }
  console.error(USAGE);
  return 2;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof ConfigError || error instanceof UnreadableInput ? error.message : error);
  process.exitCode = error instanceof ConfigError ? 1 : 2;
}
