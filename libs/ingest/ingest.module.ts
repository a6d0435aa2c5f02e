import { Module, type OnApplicationShutdown, Injectable } from '@nestjs/common';
import type { Environment } from '#platform/config/environment.js';
import { GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { ParsePool } from './feeds/parse-pool.js';
import { ImportService, ImportWords } from './import.service.js';
import { loadHotlineColumns } from './imports/hotline-columns.js';
import { PollService } from './poll.service.js';

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
    PollService,
    ImportService,
  ],
  exports: [PollService, ImportService],
})
export class IngestModule {}
