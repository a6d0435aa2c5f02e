import { Module, type OnApplicationShutdown, Injectable } from '@nestjs/common';
import type { Environment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import { Vault } from '#platform/seal/vault.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { ParsePool } from './feeds/parse-pool.js';
import { ImportService, ImportWords } from './import.service.js';
import { loadHotlineColumns } from './imports/hotline-columns.js';
import { BlindSpotsService } from './blind-spots.service.js';
import { loadMonitoringPolicy, loadRetentionDays } from './monitoring-policy.js';
import { OriginalsService } from './originals.service.js';
import { PersonalData } from './personal-data.js';
import { PollService } from './poll.service.js';
import { QuarantineService } from './quarantine.service.js';
import { KeySealingService } from './key-sealing.service.js';
import { RetentionService } from './retention.service.js';
import { WebhookKeys } from './webhook-keys.js';

export const USER_AGENT = 'Huiying/0.1 (+public opinion response; feeds only)';

/** Ends the threads of the parse pool with the process. */
@Injectable()
class ParsePoolEnd implements OnApplicationShutdown {
  constructor(private readonly pool: ParsePool) {}

  onApplicationShutdown(): Promise<void> {
    return this.pool.close();
  }
}

@Module({
  providers: [
    {
      provide: GuardedFetcher,
      useFactory: (environment: Environment) =>
        new GuardedFetcher({ intranet: environment.intranet, userAgent: USER_AGENT }),
      inject: [ENVIRONMENT],
    },
    { provide: ParsePool, useFactory: () => new ParsePool() },
    {
      provide: ImportWords,
      useFactory: (environment: Environment): ImportWords => ({ columns: loadHotlineColumns(environment.configDir) }),
      inject: [ENVIRONMENT],
    },
    ParsePoolEnd,
    {
      provide: PersonalData,
      useFactory: (environment: Environment) =>
        new PersonalData(Vault.of(environment.personalKey), loadRetentionDays(environment.configDir)),
      inject: [ENVIRONMENT],
    },
    {
      provide: WebhookKeys,
      useFactory: (environment: Environment) => new WebhookKeys(Vault.of(environment.personalKey)),
      inject: [ENVIRONMENT],
    },
    {
      provide: PollService,
      useFactory: (
        database: Database,
        fetcher: GuardedFetcher,
        parser: ParsePool,
        wakeUps: WakeUps,
        environment: Environment,
      ) => new PollService(database, fetcher, parser, wakeUps, environment.rsshub),
      inject: [Database, GuardedFetcher, ParsePool, WakeUps, ENVIRONMENT],
    },
    {
      provide: BlindSpotsService,
      useFactory: (database: Database, environment: Environment) =>
        new BlindSpotsService(database, loadMonitoringPolicy(environment.configDir)),
      inject: [Database, ENVIRONMENT],
    },
    {
      provide: OriginalsService,
      useFactory: (database: Database, fetcher: GuardedFetcher, environment: Environment) =>
        new OriginalsService(database, fetcher, loadMonitoringPolicy(environment.configDir)),
      inject: [Database, GuardedFetcher, ENVIRONMENT],
    },
    ImportService,
    QuarantineService,
    RetentionService,
    KeySealingService,
  ],
  exports: [
    PollService,
    ImportService,
    BlindSpotsService,
    OriginalsService,
    QuarantineService,
    RetentionService,
    KeySealingService,
  ],
})
export class IngestModule {}
