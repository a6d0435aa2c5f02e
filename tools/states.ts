/** Writes `docs/states.md` from the tables that the services obey; with `--check` says whether the file is fresh (exit code 1 when not). */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ASSIGNMENT_STATES } from '#assignment/rules/assignment-states.js';
import { ESCALATION_STATES } from '#escalation/rules/escalation-states.js';
import { CONFERENCE_STATES } from '#response/rules/conference-states.js';
import { STATEMENT_STATES } from '#response/rules/statement-states.js';
import { INCIDENT_TRANSITIONS } from '#triage/rules/incident-states.js';

const FILE = 'docs/states.md';

type Edge = [from: string, act: string, to: string];

const edgesOf = (table: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>): Edge[] =>
  Object.entries(table).flatMap(([from, acts]) => Object.entries(acts).map(([act, to]): Edge => [from, act, to!]));

const incidentEdges = Object.entries(INCIDENT_TRANSITIONS).flatMap(([from, to]) =>
  to.map((state): Edge => [from, '', state]),
);

function section(title: string, source: string, edges: Edge[]): string {
  const lines = edges.map(([from, act, to]) => `    ${from} --> ${to}${act === '' ? '' : `: ${act}`}`);
  return [`## ${title}`, '', `Table: \`${source}\``, '', '```mermaid', 'stateDiagram-v2', ...lines, '```', ''].join(
    '\n',
  );
}

const text = [
  '# States',
  '',
  'Made by `npm run states` from the tables that the services obey; do not edit. What is not here is refused.',
  '',
  section('Incident (舆情事件)', 'libs/triage/rules/incident-states.ts', incidentEdges),
  section('Assignment (交办)', 'libs/assignment/rules/assignment-states.ts', edgesOf(ASSIGNMENT_STATES)),
  section('Statement (权威信息)', 'libs/response/rules/statement-states.ts', edgesOf(STATEMENT_STATES)),
  section('Press conference (新闻发布会)', 'libs/response/rules/conference-states.ts', edgesOf(CONFERENCE_STATES)),
  section(
    'Step of the ladder (催办 / 督办 / 问责移送)',
    'libs/escalation/rules/escalation-states.ts',
    edgesOf(ESCALATION_STATES),
  ),
  '## Clock (时限)',
  '',
  'A clock is not moved from state to state: its state is computed from the whole history of its incident (adr/0003, adr/0006).',
  'The sweep alone fires, and only `armed` or `dueSoon` to `dueSoon`, `overdue`, or `met` for a minimum period.',
  '',
].join('\n');

if (process.argv.includes('--check')) {
  const fresh = existsSync(FILE) && readFileSync(FILE, 'utf8') === text;
  if (!fresh) console.error(`${FILE} is stale: run npm run states`);
  process.exitCode = fresh ? 0 : 1;
} else {
  writeFileSync(FILE, text);
  console.log(FILE);
}
