/**
 * Takes files, folders and addresses into the database that runs:
 *
 *     npm run ingest -- feeds/ export.xlsx https://example.org/feed.xml
 *
 * A feed is read entry by entry, a spreadsheet of the hotline row by row, a page as one item. Every input gets a line:
 * entries read = stored + revised + duplicates + refused, and what was refused with its place, code and reason. Exit code 0 when that holds for all, 1 when something could not be read.
 */
import { loadCity } from '#directory/load-city.js';
import type { IntakeCounts } from '#ingest/contract.js';
import { loadRetentionDays } from '#ingest/monitoring-policy.js';
import { PersonalData } from '#ingest/personal-data.js';
import { ConfigError } from '#kernel/error.js';
import { readEnvironment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { runningPrivateDatabase } from '#platform/private-postgres/running-database.js';
import { personalKeyOf } from '#platform/seal/key-file.js';
import { Vault } from '#platform/seal/vault.js';
import { DATABASE_ROLES } from '../migrations/security.js';
import { inputsOf } from './ingest-files/inputs.js';
import { add, Intake, NONE, type Taken } from './ingest-files/intake.js';

const refusalLines = ({ counts, refusals }: Taken): string[] => [
  ...refusals.map(({ place, code, message }) => `      ${place}: ${code} ${message}`),
  ...(counts.rejected > refusals.length ? [`      … and ${counts.rejected - refusals.length} more`] : []),
];

const line = (name: string, c: IntakeCounts): string =>
  `${name}\n    read ${c.read} = stored ${c.stored} + revised ${c.revised} + duplicates ${c.duplicates} + refused ${c.rejected}`;

const holds = (c: IntakeCounts): boolean => c.read === c.stored + c.revised + c.duplicates + c.rejected;

async function main(): Promise<number> {
  const names = process.argv.slice(2);
  if (names.length === 0) {
    console.error('usage: npm run ingest -- <file|folder|url>…');
    return 2;
  }
  const environment = readEnvironment(process.env);
  const url =
    environment.databaseWorkerUrl ??
    runningPrivateDatabase(environment.dataDir, { key: 'worker', name: DATABASE_ROLES.worker });
  const city = loadCity(environment.configDir, environment.city);
  const database = await Database.connect({
    url,
    applicationName: 'huiying-ingest-tool',
    poolSize: 2,
    statementTimeoutMs: 60_000,
  });
  try {
    const personal = new PersonalData(Vault.of(personalKeyOf(environment)), loadRetentionDays(environment.configDir));
    const intake = new Intake(database, environment, city.root.code, personal);
    let total = NONE;
    let documents = 0;
    let unread = 0;
    for await (const input of inputsOf(names, environment)) {
      documents += 1;
      try {
        if ('error' in input) throw input.error;
        const taken = await intake.take(input);
        const { counts } = taken;
        total = add(total, counts);
        console.log([line(input.name, counts), ...refusalLines(taken)].join('\n'));
        if (!holds(counts)) throw new Error('entries are not accounted for');
      } catch (error) {
        unread += 1;
        console.log(`${input.name}\n    refused: ${(error as Error).message}`);
      }
    }
    console.log(`\n${line(`${documents} documents, ${unread} of them refused as a whole`, total)}`);
    return unread > 0 || !holds(total) ? 1 : 0;
  } finally {
    await database.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exitCode = 2;
  },
);
