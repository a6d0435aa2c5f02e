import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { DirectoryModule } from '#directory/directory.module.js';
import { DeliveryService } from '#notification/delivery.service.js';
import { InAppChannel } from '#notification/notice-channel.js';
import { NotificationService } from '#notification/notification.service.js';
import type { Environment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { CaptureService, PageFetcher } from '#response/capture.service.js';
import { GuardedPageFetcher } from '#response/guarded-page-fetcher.js';
import { RecheckService } from '#response/recheck.service.js';
import { ResponsePolicy } from '#response/response-policy.js';
import { Incidents } from '#triage/contract.js';
import { IncidentsStore } from '#triage/incidents.store.js';
import { DeliveryProcess } from './delivery.process.js';

const USER_AGENT = 'Huiying/0.1 (+evidence of publication)';

@Module({
  imports: [ScheduleModule.forRoot(), DirectoryModule],
  providers: [
    DeliveryProcess,
    NotificationService,
    {
      provide: DeliveryService,
      useFactory: (database: Database) => new DeliveryService(database, [new InAppChannel()]),
      inject: [Database],
    },
    CaptureService,
    RecheckService,
    {
      provide: ResponsePolicy,
      useFactory: ({ configDir }: Environment) => ResponsePolicy.load(configDir),
      inject: [ENVIRONMENT],
    },
    IncidentsStore,
    { provide: Incidents, useExisting: IncidentsStore },
    {
      provide: GuardedFetcher,
      useFactory: (environment: Environment) =>
        new GuardedFetcher({ intranet: environment.intranet, userAgent: USER_AGENT }),
      inject: [ENVIRONMENT],
    },
    { provide: PageFetcher, useClass: GuardedPageFetcher },
  ],
})
export class DeliveryModule {}
