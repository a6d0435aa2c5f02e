import { parentPort, workerData } from 'node:worker_threads';
import { trainCategories, type TrainingJob } from './train-categories.js';

/** The body of the thread: one training, then it ends. */
parentPort?.postMessage(trainCategories(workerData as TrainingJob));
