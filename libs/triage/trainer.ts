import { Worker } from 'node:worker_threads';
import type { TrainedModel, TrainingJob } from './model/train-categories.js';

/** Where a training is worked: never in the thread that empties the inbox. */
export abstract class Trainer {
  abstract train(job: TrainingJob): Promise<TrainedModel>;
}

const MAX_HEAP_MB = 1_024;

/** A thread of its own for each training. */
export class ThreadTrainer extends Trainer {
  train(job: TrainingJob): Promise<TrainedModel> {
    return new Promise((resolve, reject) => {
      const thread = new Worker(new URL('./model/training-thread.js', import.meta.url), {
        workerData: job,
        resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      });
      thread.once('message', (trained: TrainedModel) => resolve({ ...trained, body: Buffer.from(trained.body) }));
      thread.once('error', reject);
      thread.once('exit', (code) => reject(new Error(`the training thread ended with ${code}`)));
    });
  }
}
