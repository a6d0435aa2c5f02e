import { Module } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import type { Environment } from '#platform/config/environment.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { ItemAnalyst } from './analysis.js';
import { Incidents } from './contract.js';
import { IncidentsStore } from './incidents.store.js';
import { LoadedResources } from './loaded-resources.js';
import { PipelineService } from './pipeline.service.js';
import { TriageResources } from './resources.js';
import { RuleAnalyst } from './rule-analyst.js';
import { SnoozeService } from './snooze.service.js';

@Module({
  providers: [
    IncidentsStore,
    { provide: Incidents, useExisting: IncidentsStore },
    PipelineService,
    SnoozeService,
    {
      provide: TriageResources,
      useFactory: (environment: Environment, directory: Directory) =>
        LoadedResources.load(environment.configDir, directory.city, environment.policy),
      inject: [ENVIRONMENT, Directory],
    },
    {
      provide: ItemAnalyst,
      useFactory: (environment: Environment, directory: Directory) =>
        RuleAnalyst.load(environment.configDir, environment.dataDir, directory.city),
      inject: [ENVIRONMENT, Directory],
    },
  ],
  exports: [Incidents, IncidentsStore, PipelineService, SnoozeService],
})
export class TriageModule {}
