import { runProcess } from '#platform/process/run-process.js';
import { TriageModule } from './triage.module.js';

await runProcess({ name: 'triage', role: 'worker', poolSize: 6, module: TriageModule });
