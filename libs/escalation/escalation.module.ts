import { Module } from '@nestjs/common';
import { ClocksModule } from '#clocks/clocks.module.js';
import { LadderKeeper } from './keeper.service.js';
import { LadderPolicies } from './ladder-policies.js';
import type { Environment } from '#platform/config/environment.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';

@Module({
  imports: [ClocksModule],
  providers: [{ provide: LadderPolicies, useFactory: (environment: Environment) => LadderPolicies.load(environment.configDir), inject: [ENVIRONMENT] }, LadderKeeper],
  exports: [LadderKeeper],
})
export class EscalationModule {}
