/**
 * Takes files, folders and addresses into the database that runs:
 *
 *     npm run ingest -- feeds/ export.xlsx https://example.org/feed.xml
 *
 * A feed is read entry by entry, a spreadsheet of the hotline row by row, a page as one item. Every input gets a line:
 * entries read = stored + revised + duplicates + refused, and what was refused with its place, code and reason. Exit code 0 when that holds for all, 1 when something could not be read.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { loadCity } from '#directory/load-city.js';
import type { IntakeCounts } from '#ingest/contract.js';
import { type FeedItem, storeFeedItems } from '#ingest/feed-items.store.js';
import { readFeed } from '#ingest/feeds/read-feed.js';
import { storeOutcomes } from '#ingest/import.service.js';
import { loadHotlineColumns } from '#ingest/imports/hotline-columns.js';
import { type HotlineOutcome, readHotlineTable } from '#ingest/imports/hotline-table.js';
import { bufferSource } from '#ingest/imports/zip-archive.js';
import { decodeDocument } from '#ingest/feeds/decode.js';
import { originOf } from '#ingest/items.store.js';
import { loadRetentionDays } from '#ingest/monitoring-policy.js';
import { PersonalData } from '#ingest/personal-data.js';
import { saveRawDocument } from '#ingest/raw-documents.store.js';
import { type Rejection, saveRejections } from '#ingest/rejections.store.js';
import { feedItemsOf, pageItem } from '#ingest/rules/feed-item.js';
import { ensureSource, findSourceForWork, type NewSource } from '#ingest/sources.store.js';
import { ConfigError, DomainError } from '#kernel/error.js';
import { sha256 } from '#kernel/hash.js';
import { type Environment, readEnvironment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { runningPrivateDatabase } from '#platform/private-postgres/running-database.js';
import { personalKeyOf } from '#platform/seal/key-file.js';
import { Vault } from '#platform/seal/vault.js';
import { DATABASE_ROLES } from '../migrations/security.js';

const CHUNK = 500;
const NONE: IntakeCounts = { read: 0, stored: 0, revised: 0, duplicates: 0, rejected: 0 };

interface Input {
  name: string;
  bytes: Buffer;
  contentType?: string;
}

const add = (a: IntakeCounts, b: IntakeCounts): IntakeCounts => ({
  read: a.read + b.read,
  stored: a.stored + b.stored,
  revised: a.revised + b.revised,
  duplicates: a.duplicates + b.duplicates,
  rejected: a.rejected + b.rejected,
});

/** Files below a folder, in order of name. */
function filesOf(name: string): string[] {
  if (!statSync(name).isDirectory()) return [name];
  return readdirSync(name, { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(name, file))
    .filter((file) => statSync(file).isFile())
    .sort();
}

async function* inputsOf(
  names: string[],
  environment: Environment,
): AsyncGenerator<Input | { name: string; error: Error }> {
  const fetcher = new GuardedFetcher({ intranet: environment.intranet, userAgent: 'Huiying/0.1 (+ingest)' });
  for (const name of names) {
    if (/^https?:\/\//.test(name)) {
      const page = await fetcher.fetch(name).catch((error: Error) => error);
      if (page instanceof Error) yield { name, error: page };
      else
        yield {
          name,
          bytes: page.body,
          ...(page.headers['content-type'] === undefined ? {} : { contentType: page.headers['content-type'] }),
        };
      continue;
    }
    try {
      for (const file of filesOf(name)) yield { name: file, bytes: readFileSync(file) };
    } catch (error) {
      yield { name, error: error as Error };
    }
  }
}

/** So many refusals are printed for one input; all of them are kept. */
const SHOWN = 20;

interface Taken {
  counts: IntakeCounts;
  refusals: { place: string; code: string; message: string }[];
}

const isTable = ({ name, bytes }: Input): boolean =>
  /\.(xlsx|csv)$/i.test(name) || bytes.subarray(0, 2).toString('latin1') === 'PK';

/** Takes inputs into one database, each under a source of its own. */
class Intake {
  constructor(
    private readonly database: Database,
    private readonly environment: Environment,
    private readonly jurisdiction: string,
    private readonly personal: PersonalData,
  ) {}

  async take(input: Input): Promise<Taken> {
    return isTable(input) ? this.table(input) : this.feed(input);
  }

  private async table(input: Input): Promise<Taken> {
    const sourceId = await this.source({
      kind: 'hotline',
      name: '12345热线（导入）',
      jurisdiction: this.jurisdiction,
      channel: '12345热线',
    });
    const words = loadHotlineColumns(this.environment.configDir);
    let counts = NONE;
    const refusals: Taken['refusals'] = [];
    let chunk: HotlineOutcome[] = [];
    const flush = async () => {
      const outcomes = chunk;
      chunk = [];
      counts = add(
        counts,
        await this.database.asSystem(async (tx) =>
          storeOutcomes(
            tx,
            { source: await findSourceForWork(tx, sourceId), importId: null, personal: this.personal },
            outcomes,
          ),
        ),
      );
    };
    for await (const outcome of readHotlineTable(bufferSource(input.bytes), { words })) {
      chunk.push(outcome);
      if (outcome.kind === 'rejection' && refusals.length < SHOWN) {
        const { sheet, row, column, code, reason } = outcome.rejection;
        refusals.push({
          place: [sheet, `row ${row}`, column ?? ''].filter((part) => part !== '').join(' '),
          code,
          message: reason,
        });
      }
      if (chunk.length >= CHUNK) await flush();
    }
    await flush();
    await this.record(sourceId, input, counts);
    return { counts, refusals };
  }

  private async feed(input: Input): Promise<Taken> {
    const feed = await readFeed(input.bytes, {
      ...(/^https?:/.test(input.name) ? { url: input.name } : {}),
      ...(input.contentType === undefined ? {} : { contentType: input.contentType }),
    });
    if (feed.kind === 'unknown' && isPage(input)) return this.page(input);
    const { items, rejected, refused } = feedItemsOf(feed);
    const whole = feed.kind === 'unknown' ? { code: 'FEED_UNREADABLE', message: feed.problems.join('; ') } : refused;
    const name = (feed.title || path.basename(input.name)).slice(0, 100);
    // A document taken by hand has no address to be asked again; polls of one feed share its title and link.
    const sourceId = await this.source({
      kind: 'manual',
      name: `文件 ${name} ${feed.link ?? ''}`.trim(),
      jurisdiction: this.jurisdiction,
      channel: '文件',
    });
    if (whole !== undefined) return this.refuse(sourceId, input, whole);
    return this.store(sourceId, input, { encoding: feed.encoding, problems: feed.problems, items, rejected });
  }

  /** A page of a site, as one item: repaired on a copy, the bytes kept as they came. */
  private async page(input: Input): Promise<Taken> {
    const { text, encoding, problems } = decodeDocument(input.bytes, input.contentType);
    const address = /^https?:/.test(input.name) ? input.name : `file:${path.basename(input.name)}`;
    const sourceId = await this.source({
      kind: 'manual',
      name: `网页 ${address}`.slice(0, 200),
      jurisdiction: this.jurisdiction,
      channel: '网页',
    });
    const item = pageItem(text, address);
    if (item === undefined)
      return this.refuse(sourceId, input, { code: 'PAGE_EMPTY', message: 'the page has no text' });
    return this.store(sourceId, input, { encoding, problems, items: [item], rejected: [] });
  }

  /** Keeps a document that can't be taken, with its bytes and the reason. */
  private async refuse(sourceId: string, input: Input, why: { code: string; message: string }): Promise<Taken> {
    const refusal = { ...why, kind: 'document' as const, place: 'document', bytes: input.bytes };
    await this.database.asSystem(async (tx) => saveRejections(tx, { sourceId }, [refusal], await tx.now()));
    throw new DomainError(why.code, 422, `${why.code}: ${why.message}`);
  }

  private async store(
    sourceId: string,
    input: Input,
    read: { encoding: string; problems: string[]; items: FeedItem[]; rejected: Rejection[] },
  ): Promise<Taken> {
    const counts = await this.database.asSystem(async (tx) => {
      const source = await findSourceForWork(tx, sourceId);
      const now = await tx.now();
      const rawDocumentId = await saveRawDocument(tx, {
        sourceId,
        fetchedAt: now,
        sha256: sha256(input.bytes),
        contentType: input.contentType ?? null,
        encoding: read.encoding,
        bytes: input.bytes,
        itemCount: read.items.length,
        defects: read.problems,
      });
      const stored = await storeFeedItems(tx, { ...originOf(source, now), rawDocumentId }, read.items, now);
      await saveRejections(tx, { sourceId }, read.rejected, now);
      return { read: read.items.length + read.rejected.length, ...stored, rejected: read.rejected.length };
    });
    await this.record(sourceId, input, counts);
    return { counts, refusals: read.rejected.slice(0, SHOWN) };
  }

  private source(source: NewSource): Promise<string> {
    return this.database.asSystem((tx) => ensureSource(tx, source));
  }

  private async record(sourceId: string, input: Input, counts: IntakeCounts): Promise<void> {
    await this.database.asSystem(async (tx) => {
      await appendLedger(tx, [
        {
          type: 'items.received',
          at: await tx.now(),
          actor: systemActor('tools/ingest'),
          subjectId: sourceId,
          payload: { file: path.basename(input.name), sha256: sha256(input.bytes), ...counts },
        },
      ]);
    });
  }
}

/** HTML that is no feed; a broken feed begins like one and stays refused. */
const isPage = ({ name, bytes, contentType = '' }: Input): boolean => {
  const head = bytes.subarray(0, 4_096).toString('latin1');
  if (/<(?:rss|feed|rdf:RDF)\b|<!ENTITY/i.test(head)) return false;
  return /html/i.test(contentType) || /\.(?:html?|txt)$/i.test(name) || /<(?:!doctype html|html|body|p)\b/i.test(head);
};

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
