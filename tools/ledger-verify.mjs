/**
 * `npm run ledger -- verify [--url postgres://…] [--roots file]`: recomputes the hash chain of the ledger from its rows.
 * A verifier of its own: it shares no code with the application, so a fault there can't hide itself here.
 *
 * Each seal covers sha256(previous hash, newline, sequence number, newline, the entry as one JSON array).
 * Exit code 0: the chain holds. 1: it does not, and the first break is named. 2: the ledger can't be read.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';

const GENESIS = '0'.repeat(64);
const PAGE = 5_000;

/** The text of jsonb: elements separated by comma and space. */
const jsonArray = (values) => `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;

const canonical = (row) =>
  jsonArray([
    row.id,
    row.at_text,
    row.actor_kind,
    row.actor_id,
    row.actor_name,
    row.actor_duty,
    row.type,
    row.incident_id,
    row.subject_id,
    row.rule,
    row.reason,
    row.payload_text,
  ]);

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** Checks the chain page by page. Returns what was seen, or throws a Break. */
async function verifyChain(client, roots) {
  let previous = GENESIS;
  let seq = 0;
  for (;;) {
    const { rows } = await client.query(
      `SELECT s.seq, s.prev_hash, s.hash, s.entry_id, e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at_text,
              e.actor_kind, e.actor_id, e.actor_name, e.actor_duty, e.type, e.incident_id, e.subject_id, e.rule, e.reason, e.payload::text AS payload_text
         FROM ledger_seals s LEFT JOIN ledger_entries e ON e.id = s.entry_id WHERE s.seq > $1 ORDER BY s.seq LIMIT ${PAGE}`,
      [seq],
    );
    for (const row of rows) {
      const number = Number(row.seq);
      if (number !== seq + 1) throw new Break(seq + 1, `the seal is missing (next is ${number})`);
      if (row.id === null) throw new Break(number, `its entry ${row.entry_id} is gone`);
      if (row.prev_hash !== previous) throw new Break(number, 'does not follow the seal before it');
      const hash = sha256(`${previous}\n${number}\n${canonical(row)}`);
      if (hash !== row.hash) throw new Break(number, `entry ${row.id} (${row.type}) is not what was sealed`);
      const root = roots.get(number);
      if (root !== undefined && root !== hash) throw new Break(number, 'differs from the root that was exported');
      previous = hash;
      seq = number;
    }
    if (rows.length < PAGE) return { seq, hash: previous };
  }
}

class Break extends Error {
  constructor(seq, why) {
    super(`seal ${seq}: ${why}`);
  }
}

/** Roots that were written outside the database while it ran: lines of {"seq","hash","at"}. */
function readRoots(file) {
  if (file === undefined || !existsSync(file)) return new Map();
  return new Map(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line))
      .map((root) => [root.seq, root.hash]),
  );
}

/** The running private server: its port stands in its lock file, the auditor's password in the data folder. */
function privateUrl(dataDir) {
  const roles = path.join(dataDir, 'database-roles.json');
  if (!existsSync(roles)) return undefined;
  const lock = readdirSync(dataDir, { recursive: true }).find((name) => String(name).endsWith('postmaster.pid'));
  if (lock === undefined) return undefined;
  const port = readFileSync(path.join(dataDir, String(lock)), 'utf8').split('\n')[3];
  const { auditor } = JSON.parse(readFileSync(roles, 'utf8'));
  return `postgres://huiying_auditor:${encodeURIComponent(auditor)}@127.0.0.1:${port}/huiying`;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string' }, roots: { type: 'string' } },
  });
  if (positionals[0] !== 'verify') {
    console.error('usage: npm run ledger -- verify [--url postgres://…] [--roots file]');
    return 2;
  }
  const dataDir = process.env.HUIYING_DATA_DIR ?? '.data';
  const url = values.url ?? process.env.DATABASE_AUDITOR_URL ?? privateUrl(dataDir);
  if (url === undefined) {
    console.error('no database: start Huiying, set DATABASE_AUDITOR_URL, or give --url');
    return 2;
  }
  const roots = readRoots(values.roots ?? path.join(dataDir, 'ledger-roots.jsonl'));
  const client = new pg.Client({ connectionString: url, application_name: 'huiying-ledger-verify' });
  try {
    await client.connect();
    // One snapshot: what is sealed meanwhile is for the next run.
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { seq, hash } = await verifyChain(client, roots);
    const { rows } = await client.query('SELECT count(*)::int AS waiting FROM ledger_unsealed');
    const checked = [...roots.keys()].filter((number) => number <= seq).length;
    const ahead = [...roots.keys()].filter((number) => number > seq).length;
    if (ahead > 0) throw new Break(seq + 1, `${ahead} exported roots lie beyond the end of the chain: it was cut`);
    console.log(`the chain holds: ${seq} seals, last hash ${hash}`);
    console.log(`exported roots compared: ${checked}; entries not sealed yet: ${rows[0].waiting}`);
    return 0;
  } catch (error) {
    if (error instanceof Break) {
      console.error(`THE CHAIN IS BROKEN at ${error.message}`);
      return 1;
    }
    console.error(`the ledger can't be read: ${error.message}`);
    return 2;
  } finally {
    await client.end().catch(() => undefined);
  }
}

process.exitCode = await main();
