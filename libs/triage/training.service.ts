import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { Database, type Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { TRIAGE_EVENTS } from './contract.js';
import {
  askForRun,
  bodyOf,
  claimRun,
  findModel,
  finishRun,
  labelledHistory,
  runningVersion,
  saveCandidate,
  switchModel,
} from './models.store.js';
import { Trainer } from './trainer.js';

/** What a named person may do with the models. */
@Injectable()
export class ModelsService {
  /** Asks for a training on the corrections so far; it goes on in the background. */
  async ask(tx: Transaction, actor: Actor): Promise<string> {
    const id = await askForRun(tx, actor.name);
    if (id === undefined)
      throw new DomainError('TRAINING_RUNNING', 409, 'a training is asked for or at work already; wait for its report');
    await appendLedger(tx, [{ type: TRIAGE_EVENTS.trainingAsked, at: await tx.now(), actor, subjectId: id }]);
    return id;
  }

  /** Lets a version judge from now on, or again: a switch back is the same step. Past decisions keep the version that made them. */
  async activate(tx: Transaction, change: { version: string; actor: Actor; reason: string; shipped: string }) {
    const model = await findModel(tx, change.version);
    if (model === undefined)
      throw new DomainError('MODEL_NOT_FOUND', 404, 'no such version of the model', {}, 'version');
    if (model.shipped && model.version !== change.shipped)
      throw new DomainError(
        'MODEL_NOT_SHIPPED_ANY_MORE',
        409,
        'this version came with an earlier release, whose texts are gone; choose the present shipped one',
        { shipped: change.shipped },
        'version',
      );
    const from = await runningVersion(tx);
    if (from === change.version) throw new DomainError('MODEL_RUNS_ALREADY', 409, 'this version is running already');
    await switchModel(tx, change.version, change.actor.name);
    await appendLedger(tx, [
      {
        type: TRIAGE_EVENTS.modelActivated,
        at: await tx.now(),
        actor: change.actor,
        subjectId: change.version,
        reason: change.reason,
        payload: { from: from ?? null, to: change.version },
      },
    ]);
  }
}

/** Works the trainings that were asked for. */
@Injectable()
export class TrainingService {
  constructor(
    private readonly database: Database,
    private readonly trainer: Trainer,
    private readonly configDir: string,
  ) {}

  /** Takes one training, learns without holding a transaction, and puts the candidate with its report on the list. */
  async trainNext(): Promise<number> {
    const run = await this.database.asSystem((tx) => claimRun(tx));
    if (run === undefined) return 0;
    try {
      const job = await this.database.asSystem(async (tx) => {
        const running = await runningVersion(tx);
        return {
          configDir: this.configDir,
          history: await labelledHistory(tx),
          running: running === undefined ? null : await bodyOf(tx, running),
        };
      });
      const trained = await this.trainer.train(job);
      await this.database.asSystem(async (tx) => {
        await saveCandidate(tx, { ...trained, by: run.askedBy });
        await finishRun(tx, run.id, { modelVersion: trained.version });
        await appendLedger(tx, [
          {
            type: TRIAGE_EVENTS.modelTrained,
            at: await tx.now(),
            actor: systemActor('triage'),
            subjectId: trained.version,
            payload: {
              run: run.id,
              ownRows: trained.report.ownRows,
              macroF1: trained.report.candidate?.macroF1 ?? null,
            },
          },
        ]);
      });
    } catch (error) {
      await this.database.asSystem((tx) => finishRun(tx, run.id, { error: (error as Error).message }));
    }
    return 1;
  }
}
