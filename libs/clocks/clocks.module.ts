import { Module } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { Database } from '#platform/database/database.js';
import type { Environment } from '#platform/config/environment.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { CalendarRefresh } from './calendar-refresh.service.js';
import { ClockKeeper, ClockPolicies } from './keeper.service.js';
import { LoadedPolicies } from './loaded-policies.js';
import { SweepService } from './sweep.service.js';
import { TimersService } from './timers.service.js';

@Module({
  providers: [
    {
      provide: ClockPolicies,
      useFactory: (environment: Environment, directory: Directory) =>
        LoadedPolicies.load(environment.configDir, directory.city, environment.drillHourMs),
      inject: [ENVIRONMENT, Directory],
    },
    ClockKeeper,
    CalendarRefresh,
    { provide: SweepService, useFactory: (database: Database) => new SweepService(database), inject: [Database] },
    {
      provide: TimersService,
      useFactory: (database: Database, wakeUps: WakeUps) => new TimersService(database, wakeUps),
      inject: [Database, WakeUps],
    },
  ],
  exports: [ClockPolicies, ClockKeeper, CalendarRefresh, SweepService, TimersService],
})
export class ClocksModule {}
