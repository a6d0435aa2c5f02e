import { Injectable } from '@nestjs/common';
import type { Database } from '#platform/database/database.js';
import { incidentsWithOpenCalendar } from './clocks.store.js';
import { ClockKeeper } from './keeper.service.js';

const BATCH = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Dues that were counted into a year without a notice are counted anew when a process starts with a calendar that has it;
 * the owner of a due that moved is told (domain 3.7.6).
 */
@Injectable()
export class CalendarRefresh {
  constructor(private readonly keeper: ClockKeeper) {}

  /** Returns how many incidents were looked at. Running it again changes nothing. */
  async run(database: Database): Promise<number> {
    let looked = 0;
    for (let after = FIRST; ;) {
      const ids = await database.asSystem(async (tx) => {
        const batch = await incidentsWithOpenCalendar(tx, after, BATCH);
        await this.keeper.sync(tx, batch);
        return batch;
      });
      looked += ids.length;
      if (ids.length < BATCH) return looked;
      after = ids.at(-1)!;
    }
  }
}
