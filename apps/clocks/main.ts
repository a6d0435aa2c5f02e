import { runProcess } from '#platform/process/run-process.js';
import { ClocksModule } from './clocks.module.js';

await runProcess({ name: 'clocks', role: 'worker', poolSize: 6, module: ClocksModule });
