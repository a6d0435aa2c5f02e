import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { Database, type Transaction } from '#platform/database/database.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { INGEST_EVENTS, type IntakeCounts, type ItemDraft } from './contract.js';
import { type HotlineOutcome, readHotlineTable } from './imports/hotline-table.js';
import { bufferSource } from './imports/zip-archive.js';
import { claimImport, failImport, finishImport, type ImportJob, saveImportProgress } from './imports.store.js';
import { originOf, storeItems } from './items.store.js';
import { type Rejection, saveRejections } from './rejections.store.js';
import type { HotlineColumns } from './rules/hotline-row.js';
import { findSourceForWork, type Source } from './sources.store.js';

/** The city's words for the columns of an export, loaded at start. */
export abstract class ImportWords {
  abstract readonly columns: HotlineColumns;
}

/** Rows that one transaction stores: a failure repeats at most so many, and repeating stores nothing twice. */
const CHUNK = 500;

/** Runs imports of spreadsheets, chunk by chunk; an import that is cut off goes on where its last chunk ended. */
@Injectable()
export class ImportService {
  constructor(
    private readonly database: Database,
    private readonly words: ImportWords,
    private readonly wakeUps: WakeUps,
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
    let chunk: HotlineOutcome[] = [];
    let row = 0;
    for await (const outcome of readHotlineTable(bufferSource(job.bytes), { words: this.words.columns })) {
      row += 1;
      if (row <= job.nextRow) continue;
      chunk.push(outcome);
      if (chunk.length < CHUNK) continue;
      await this.store(job, chunk, row);
      chunk = [];
    }
    await this.store(job, chunk, row);
    await this.database.asSystem(async (tx) => {
      const counts = await finishImport(tx, job.id);
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

  private async store(job: ImportJob, chunk: HotlineOutcome[], nextRow: number): Promise<void> {
    await this.database.asSystem(async (tx) => {
      const source = await findSourceForWork(tx, job.sourceId);
      const counts = job.dryRun
        ? countsOf(chunk, chunk.filter((outcome) => outcome.kind === 'draft').length)
        : await storeOutcomes(tx, source, chunk, job.id);
      await saveImportProgress(tx, job.id, counts, nextRow);
    });
  }
}

const countsOf = (chunk: HotlineOutcome[], stored: number): IntakeCounts => {
  const drafts = chunk.filter((outcome) => outcome.kind === 'draft').length;
  return { read: chunk.length, stored, revised: 0, duplicates: drafts - stored, rejected: chunk.length - drafts };
};

/** Stores the rows of a table that could be read and keeps the reasons of the others: `read = stored + revised + duplicates + rejected`. */
export async function storeOutcomes(
  tx: Transaction,
  source: Source,
  outcomes: HotlineOutcome[],
  importId: string | null,
): Promise<IntakeCounts> {
  const now = await tx.now();
  const drafts = outcomes.flatMap((outcome): ItemDraft[] => (outcome.kind === 'draft' ? [outcome.draft] : []));
  const rejections = outcomes.flatMap((outcome): Rejection[] =>
    outcome.kind === 'rejection' ? [asRejection(outcome.rejection)] : [],
  );
  const stored = await storeItems(tx, originOf(source, now), drafts, now);
  await saveRejections(tx, { sourceId: source.id, importId }, rejections, now);
  const count = (outcome: string) => stored.filter((item) => item.outcome === outcome).length;
  return {
    read: outcomes.length,
    stored: count('stored'),
    revised: count('revised'),
    duplicates: count('duplicate'),
    rejected: rejections.length,
  };
}

const asRejection = (rejection: (HotlineOutcome & { kind: 'rejection' })['rejection']): Rejection => ({
  place: `${rejection.sheet === '' ? '' : `${rejection.sheet}!`}${rejection.row}${rejection.column === undefined ? '' : ` ${rejection.column}`}`,
  code: rejection.code,
  message: rejection.reason,
});
