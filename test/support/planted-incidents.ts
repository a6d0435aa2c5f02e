import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { PRIVATE_DATABASE } from '#platform/private-postgres/running-database.js';
import { DATABASE_ROLES } from '../../migrations/security.js';

/** The owner's connection to the private database of a running product; a test plants with it what would take hours to come in. */
export async function ownerOf(dataDir: string): Promise<pg.Client> {
  const [, , , port] = readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n');
  const { owner } = JSON.parse(readFileSync(path.join(dataDir, 'database-roles.json'), 'utf8')) as { owner: string };
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(port),
    user: DATABASE_ROLES.owner,
    password: owner,
    database: PRIVATE_DATABASE,
  });
  await client.connect();
  return client;
}

/** Proposals without messages in one county, named `<title> 1` and so on, the gravest of the list by category. */
export async function plantProposals(owner: pg.Client, title: string, count: number): Promise<void> {
  await owner.query(
    `INSERT INTO incidents (id, number, title, state, category, grade, jurisdiction, policy_pack, detected_at, drill)
     SELECT gen_random_uuid(), $1 || '-' || n, $1 || ' ' || n, 'proposed', 'C5', 'I', '990103', 'yunjiang', huiying_now(), true FROM generate_series(1, $2::int) n`,
    [title, count],
  );
}
