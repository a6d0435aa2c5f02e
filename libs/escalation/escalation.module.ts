import { Module } from '@nestjs/common';
import { LadderKeeper } from './keeper.service.js';
import { LadderPolicies } from './ladder-policies.js';
import type { Environment } from '#platform/config/environment.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';

@Module({
  providers: [
    {
      provide: LadderPolicies,
      useFactory: (environment: Environment) => LadderPolicies.load(environment.configDir, environment.drillHourMs),
      inject: [ENVIRONMENT],
    },
    LadderKeeper,
  ],
  exports: [LadderKeeper],
})
export class EscalationModule {}
