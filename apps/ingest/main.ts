import { runProcess } from '#platform/process/run-process.js';
import { IngestModule } from './ingest.module.js';

await runProcess({ name: 'ingest', role: 'worker', poolSize: 6, module: IngestModule });
