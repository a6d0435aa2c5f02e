import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { DRILL_MILLISECONDS_PER_HOUR } from '#clocks/contract.js';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { LoadedPolicies } from '#clocks/loaded-policies.js';
import { SweepService } from '#clocks/sweep.service.js';
import { loadCity } from '#directory/load-city.js';
import { LadderKeeper } from '#escalation/keeper.service.js';
import { LadderPolicies } from '#escalation/ladder-policies.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { CONFIG_DIR } from '../../support/clock-histories.js';
import { check } from '../../support/fault-check.js';
import { plantCases, watch } from '../../support/fault-rig.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

let db: TestDatabase;
let keeper: ClockKeeper;
let ladder: LadderKeeper;
beforeAll(() => {
  keeper = new ClockKeeper(LoadedPolicies.load(CONFIG_DIR));
  const city = loadCity(CONFIG_DIR, 'nantong');
  ladder = new LadderKeeper(LadderPolicies.load(CONFIG_DIR, DRILL_MILLISECONDS_PER_HOUR), { city });
});
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

/** A trigger of the database that makes the product behave as if it had the bug. */
const trigger = (event: string, condition: string, body: string): string => `
  CREATE FUNCTION bug() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN ${body} END $$;
  CREATE TRIGGER bug BEFORE ${event} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION bug()`;

const BUGS: Record<string, { plant: string; found: RegExp }> = {
  'a firing without fence: the clock is armed again': {
    plant: trigger(
      'UPDATE ON response_clocks',
      `NEW.state = 'overdue' AND NEW.version < 4`,
      `NEW.state := 'armed'; NEW.next_look_at := NEW.due_at; RETURN NEW;`,
    ),
    found: /entries clock\.overdue/,
  },
  'a firing that the ledger is not told of': {
    plant: trigger('INSERT ON ledger_entries', `NEW.type = 'clock.overdue'`, 'RETURN NULL;'),
    found: /0 entries clock\.overdue/,
  },
  'a process whose clock is ahead': {
    plant: `CREATE OR REPLACE FUNCTION huiying_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT clock_timestamp() + interval '40 seconds' $$`,
    found: /seen fired early/,
  },
  'a due that is written wrongly': {
    plant: trigger(
      'INSERT ON response_clocks',
      `NEW.act = 'firstRelease'`,
      `NEW.due_at := NEW.due_at - interval '100 milliseconds'; RETURN NEW;`,
    ),
    found: /due .*, not /,
  },
  'a clock that is forgotten': {
    plant: trigger(
      'INSERT ON response_clocks',
      `NEW.clock_key = 'firstRelease.limit'`,
      'NEW.next_look_at := NULL; RETURN NEW;',
    ),
    found: /fired 0 times/,
  },
  'a number that is given out twice': {
    plant: trigger('UPDATE ON number_series', 'true', 'RETURN OLD;'),
    found: /number 1 stands in the place of 2/,
  },
  'a line of the ledger that is changed afterwards': {
    plant: trigger('INSERT ON ledger_seals', 'NEW.seq = 5', `NEW.hash := repeat('0', 64); RETURN NEW;`),
    found: /the chain breaks/,
  },
};

/** Runs the steps of the clocks process in this one until the test has seen enough. */
async function run(plant?: string) {
  if (plant !== undefined) await db.asOwner(plant);
  const now = Date.now();
  const cases = await plantCases(
    db,
    [1_500, 1_600, 1_700].map((ahead) => now + ahead),
  );
  const sweep = new SweepService(db.worker);
  let running = true;
  const loop = (async () => {
    while (running) {
      await consumeLedger(db.worker, keeper);
      await sweep.sweep('sweep', 'test');
      await consumeLedger(db.worker, ladder);
      await ladder.climb(db.worker);
      await wait(20);
    }
  })();
  await watch(db, cases, 8_000);
  running = false;
  await loop;
  return check(db, cases);
}

test('the rig finds nothing where nothing is wrong', async () => {
  expect((await run()).problems).toEqual([]);
});

test.each(Object.keys(BUGS))('the rig finds %s', async (name) => {
  const { plant, found } = BUGS[name]!;
  expect((await run(plant)).problems.join('\n')).toMatch(found);
});
