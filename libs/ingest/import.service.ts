import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { Database, type Transaction } from '#platform/database/database.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { INGEST_EVENTS, type IntakeCounts, type ItemDraft } from './contract.js';
import { type HotlineOutcome, readHotlineTable } from './imports/hotline-table.js';
import { storedFile } from './imports/stored-file.js';
import {
  claimImport,
  failImport,
  finishImport,
  type ImportJob,
  saveImportProgress,
  type SheetHeader,
} from './imports.store.js';
import { originOf, storeItems } from './items.store.js';
import { PersonalData } from './personal-data.js';
import { type Rejection, saveRejections } from './rejections.store.js';
import type { HotlineColumns } from './rules/hotline-row.js';
import { findSourceForWork, type Source } from './sources.store.js';

/** The city's words for the columns of an export, loaded at start. */
export abstract class ImportWords {
  abstract readonly columns: HotlineColumns;
}

/** Rows that one transaction stores: a failure repeats at most so many, and repeating stores nothing twice. */
const CHUNK = 1_000;
const MAX_SHEETS = 50;

/** Runs imports of spreadsheets, chunk by chunk; an import that is cut off goes on where its last chunk ended. */
@Injectable()
export class ImportService {
  constructor(
    private readonly database: Database,
    private readonly words: ImportWords,
    private readonly wakeUps: WakeUps,
    private readonly personal: PersonalData,
  ) {}

  /** Takes one waiting import and runs it to its end. Returns 1, or 0 when none waits. */
  async runWaiting(): Promise<number> {
    const job = await this.database.asSystem((tx) => claimImport(tx));
    if (job === undefined) return 0;
    try {
      await this.run(job);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      // What is wrong with the file is the file's; anything else is ours and stays to be tried again.
      if (!(error instanceof DomainError)) throw error;
      await this.database.asSystem((tx) => failImport(tx, job.id, `${code}: ${message}`));
    }
    return 1;
  }

  private async run(job: ImportJob): Promise<void> {
    let byteDone = 0;
    const headers: SheetHeader[] = [];
    const onRead = (offset: number) => void (byteDone = offset);
    const file = storedFile(job.file, { database: this.database, vault: this.personal.vault, onRead });
    const rows = readHotlineTable(file, {
      words: this.words.columns,
      skip: job.nextRow,
      onHeader: (header) => void (headers.length < MAX_SHEETS && headers.push(header)),
      ...(job.year === null ? {} : { year: job.year }),
      ...(job.mapping === null ? {} : { columns: job.mapping }),
    });
    let chunk: HotlineOutcome[] = [];
    let row = 0;
    for await (const outcome of rows) {
      row += 1;
      if (outcome.kind === 'skipped') continue;
      // A sheet without a header is refused again by every run, and counted once.
      if (row <= job.nextRow) continue;
      chunk.push(outcome);
      if (chunk.length < CHUNK) continue;
      if (!(await this.store(job, chunk, { nextRow: row, byteDone, headers }))) return;
      chunk = [];
    }
    if (!(await this.store(job, chunk, { nextRow: row, byteDone, headers }))) return;
    await this.finish(job);
  }

  private async finish(job: ImportJob): Promise<void> {
    await this.database.asSystem(async (tx) => {
      const counts = await finishImport(tx, job.id);
      if (counts === undefined) return;
      await appendLedger(tx, [
        {
          type: INGEST_EVENTS.importFinished,
          at: await tx.now(),
          actor: systemActor('ingest'),
          subjectId: job.id,
          payload: { file: job.fileName, sourceId: job.sourceId, dryRun: job.dryRun, ...counts },
        },
      ]);
    });
    if (!job.dryRun) await this.wakeUps.wake('triage');
  }

  /** False when the import was cancelled: the chunk is not stored. */
  private async store(
    job: ImportJob,
    chunk: HotlineOutcome[],
    place: { nextRow: number; byteDone: number; headers: SheetHeader[] },
  ): Promise<boolean> {
    return this.database.asSystem(async (tx) => {
      // The row of the import is locked first: a cancel waits for the chunk, or the chunk finds it cancelled.
      const running = await tx.one(`SELECT 1 AS is FROM imports WHERE id = $1 AND state = 'running' FOR UPDATE`, [
        job.id,
      ]);
      if (running === undefined) return false;
      const source = await findSourceForWork(tx, job.sourceId);
      const counts = job.dryRun
        ? await this.tryOut(tx, job, chunk)
        : await storeOutcomes(
            tx,
            { source, importId: job.id, rawDocumentId: job.file.documentId, personal: this.personal },
            chunk,
          );
      return saveImportProgress(tx, job.id, counts, place);
    });
  }

  /** A dry run says what would happen and keeps the reasons of refusals without their rows. */
  private async tryOut(tx: Transaction, job: ImportJob, chunk: HotlineOutcome[]): Promise<IntakeCounts> {
    const rejections = chunk.flatMap((outcome) =>
      outcome.kind === 'rejection' ? [asRejection(outcome.rejection)] : [],
    );
    await saveRejections(tx, { sourceId: job.sourceId, importId: job.id }, rejections, await tx.now());
    const drafts = chunk.flatMap((outcome) => (outcome.kind === 'draft' ? [outcome.draft] : []));
    const known = await tx.one<{ n: number }>(
      'SELECT count(*)::int AS n FROM unnest($2::text[], $3::text[]) AS d(key, sha) WHERE EXISTS (SELECT 1 FROM items i WHERE i.source_id = $1 AND i.identity_key = d.key AND i.content_sha256 = d.sha)',
      [job.sourceId, drafts.map((draft) => draft.identityKey), drafts.map((draft) => draft.contentSha256)],
    );
    const duplicates = known!.n;
    return {
      read: chunk.length,
      stored: drafts.length - duplicates,
      revised: 0,
      duplicates,
      rejected: rejections.length,
    };
  }
}

/** Where rows of a table are stored. */
export interface TableTarget {
  source: Source;
  importId: string | null;
  rawDocumentId?: string;
  personal?: PersonalData;
}

/** Stores the rows of a table that could be read and keeps the others with their reasons: `read = stored + revised + duplicates + rejected`. */
export async function storeOutcomes(
  tx: Transaction,
  { source, importId, rawDocumentId, personal }: TableTarget,
  outcomes: HotlineOutcome[],
): Promise<IntakeCounts> {
  const now = await tx.now();
  const drafts = outcomes.flatMap((outcome): ItemDraft[] => (outcome.kind === 'draft' ? [outcome.draft] : []));
  const rejections = outcomes.flatMap((outcome): Rejection[] =>
    outcome.kind === 'rejection' ? [asRejection(outcome.rejection, outcome.bytes)] : [],
  );
  const origin = {
    ...originOf(source, now),
    ...(rawDocumentId === undefined ? {} : { rawDocumentId }),
    ...(personal === undefined ? {} : { personal }),
  };
  const stored = await storeItems(tx, origin, drafts, now);
  const keeper = personal === undefined ? {} : { vault: personal.vault };
  await saveRejections(tx, { sourceId: source.id, importId, ...keeper }, rejections, now);
  const count = (outcome: string) => stored.filter((item) => item.outcome === outcome).length;
  return {
    read: outcomes.length,
    stored: count('stored'),
    revised: count('revised'),
    duplicates: count('duplicate'),
    rejected: rejections.length,
  };
}

const asRejection = (
  rejection: (HotlineOutcome & { kind: 'rejection' })['rejection'],
  bytes?: Uint8Array,
): Rejection => ({
  kind: 'row',
  place: `${rejection.sheet === '' ? '' : `${rejection.sheet}!`}${rejection.row}${rejection.column === undefined ? '' : ` ${rejection.column}`}`,
  code: rejection.code,
  message: rejection.reason,
  ...(bytes === undefined ? {} : { bytes }),
});
