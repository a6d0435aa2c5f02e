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

/** Items of which the rules were unsure, named `<title> 1` and so on, the last one the newest. */
export async function plantUnsureItems(owner: pg.Client, title: string, count: number): Promise<void> {
  await owner.query(
    `WITH origin AS (SELECT id FROM sources ORDER BY created_at LIMIT 1),
          planted AS (
            INSERT INTO items (id, source_id, identity_key, kind, title, body, normalised, content_sha256, fetched_at, received_at, jurisdiction, state, drill)
            SELECT gen_random_uuid(), origin.id, $1 || n, 'post', $1 || ' ' || n, '有人在网上问这里是不是出了事', $1 || ' ' || n, $1 || n, huiying_now(), huiying_now() + n * interval '1 millisecond', '990103', 'triaged', true
              FROM origin, generate_series(1, $2::int) n RETURNING id)
     INSERT INTO item_analyses (item_id, model_version, rule_version, category, categories, figures, grade, event, places, reasons, relevant, decision)
     SELECT id, 'planted', 'planted', 'NONE', '{}', '[]', '{"grade":"none","basis":"confirmed"}', '{"types":[]}', '[]', '[]', true, 'unsure' FROM planted`,
    [title, count],
  );
}
