import { runProcess } from '#platform/process/run-process.js';
import { DeliveryModule } from './delivery.module.js';

await runProcess({ name: 'delivery', role: 'worker', poolSize: 6, module: DeliveryModule });
