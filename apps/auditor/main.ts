/** Checks the invariants with a read-only role and keeps the heartbeat. */
import { runProcess } from '#platform/process/run-process.js';
import { AuditorModule } from './auditor.module.js';

await runProcess({ name: 'auditor', role: 'auditor', poolSize: 2, module: AuditorModule });
