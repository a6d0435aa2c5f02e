/** What the benchmarks share: the compiled product, quantiles, and a table that can be pasted into docs/performance.md. */
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const built = (file) => import(pathToFileURL(path.resolve('dist', file)).href);

export const quantile = (values, share) => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

/** mulberry32: the same load in every run. */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Which machine, and how busy it is with other things; a figure without it says nothing. */
export function machine() {
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores of ${cpus()[0].model}, ${memory} GB, Node ${process.version}, load ${load} (1, 5, 15 min)`;
}

export function printTable(head, rows) {
  console.log(`| ${head.join(' | ')} |`);
  console.log(`|${head.map(() => '---').join('|')}|`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

export async function until(question, everyMs = 200) {
  while (!(await question())) await new Promise((resolve) => setTimeout(resolve, everyMs));
}

const PER_INCIDENT = 5;

/** Clocks as rows, of incidents of their own, due at the given instants (epoch milliseconds); `body` is whom a notice would go to. */
export async function plantClocks(owner, dues, body = null) {
  const CHUNK = 50_000;
  for (let from = 0; from < dues.length; from += CHUNK) {
    const part = dues.slice(from, from + CHUNK);
    await owner.query(
      `WITH dues AS (SELECT due, n, (n - 1) / ${PER_INCIDENT} AS k FROM unnest($1::float8[]) WITH ORDINALITY AS d(due, n)),
            cases AS (INSERT INTO incidents (id, number, title, state, category, jurisdiction, policy_pack, detected_at)
                      SELECT gen_random_uuid(), $2 || '-' || k, 'bench', 'confirmed', 'C3', '320600', 'nantong', huiying_now() FROM (SELECT DISTINCT k FROM dues) ks RETURNING id, number)
       INSERT INTO response_clocks (id, incident_id, clock_key, act, force, form, scope, label, body_id, state, started_at, due_at, policy_pack, policy_version, next_look_at)
       SELECT gen_random_uuid(), c.id, 'bench.' || dues.n, 'publicResponse', 'limit', 'deadline', 'public', 'bench', $3, 'armed', huiying_now(), d.at, 'nantong', 'bench', d.at
         FROM dues JOIN cases c ON c.number = $2 || '-' || dues.k, LATERAL (SELECT to_timestamp(dues.due / 1000) AS at) d`,
      [part, `bench-${Date.now()}-${from}`, body],
    );
  }
}
