import { Module } from '@nestjs/common';
import { DRILL_MILLISECONDS_PER_HOUR } from '#clocks/contract.js';
import { LadderKeeper } from './keeper.service.js';
import { LadderPolicies } from './ladder-policies.js';
import type { Environment } from '#platform/config/environment.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';

@Module({
  providers: [
    {
      provide: LadderPolicies,
      useFactory: (environment: Environment) => LadderPolicies.load(environment.configDir, DRILL_MILLISECONDS_PER_HOUR),
      inject: [ENVIRONMENT],
    },
    LadderKeeper,
  ],
  exports: [LadderKeeper],
})
export class EscalationModule {}
