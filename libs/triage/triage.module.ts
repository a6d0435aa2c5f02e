import { Module } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import type { Environment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { ItemAnalyst } from './analysis.js';
import { Incidents } from './contract.js';
import { IncidentsStore } from './incidents.store.js';
import { LoadedResources } from './loaded-resources.js';
import { ModelKeeper } from './model-keeper.service.js';
import { PipelineService } from './pipeline.service.js';
import { TriageResources } from './resources.js';
import { RuleAnalyst } from './rule-analyst.js';
import { SnoozeService } from './snooze.service.js';
import { TakenUpItems } from './taken-up-items.service.js';
import { Trainer, ThreadTrainer } from './trainer.js';
import { TrainingService } from './training.service.js';

@Module({
  providers: [
    IncidentsStore,
    { provide: Incidents, useExisting: IncidentsStore },
    PipelineService,
    SnoozeService,
    TakenUpItems,
    {
      provide: TriageResources,
      useFactory: (environment: Environment, directory: Directory) =>
        LoadedResources.load(environment.configDir, directory.city, environment.policy),
      inject: [ENVIRONMENT, Directory],
    },
    {
      provide: RuleAnalyst,
      useFactory: (environment: Environment, directory: Directory) =>
        RuleAnalyst.load(environment.configDir, environment.dataDir, directory.city),
      inject: [ENVIRONMENT, Directory],
    },
    { provide: ItemAnalyst, useExisting: RuleAnalyst },
    ModelKeeper,
    { provide: Trainer, useClass: ThreadTrainer },
    {
      provide: TrainingService,
      useFactory: (database: Database, trainer: Trainer, environment: Environment) =>
        new TrainingService(database, trainer, environment.configDir),
      inject: [Database, Trainer, ENVIRONMENT],
    },
  ],
  exports: [Incidents, IncidentsStore, PipelineService, SnoozeService, TakenUpItems, ModelKeeper, TrainingService],
})
export class TriageModule {}
