import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { LoadedPolicies } from '#clocks/loaded-policies.js';
import { SweepService } from '#clocks/sweep.service.js';
import { loadCity } from '#directory/load-city.js';
import { LadderKeeper } from '#escalation/keeper.service.js';
import { LadderPolicies } from '#escalation/ladder-policies.js';
import { NotificationService } from '#notification/notification.service.js';
import { Transaction } from '#platform/database/database.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { CONFIG_DIR } from '../../support/clock-histories.js';
import { check } from '../../support/fault-check.js';
import { answer, plantCases, watch } from '../../support/fault-rig.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { TEST_DRILL_HOUR_MS } from '../../support/settings.js';

const DUES_MS = [2_500, 2_600, 2_700];
/** The answer to the first case comes long before its due. */
const ANSWERED_MS = 120_000;
/** How long a planted bug may keep the cases from being settled. Without one the test waits until they are. */
const PATIENCE_MS = 12_000;

let db: TestDatabase;
let keeper: ClockKeeper;
let ladder: LadderKeeper;
beforeAll(() => {
  keeper = new ClockKeeper(LoadedPolicies.load(CONFIG_DIR, undefined, TEST_DRILL_HOUR_MS));
  const city = loadCity(CONFIG_DIR, 'nantong');
  ladder = new LadderKeeper(LadderPolicies.load(CONFIG_DIR, TEST_DRILL_HOUR_MS), { city });
});
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

/** A trigger of the database that makes the product behave as if it had the bug. */
const trigger = (event: string, condition: string, body: string): string => `
  CREATE FUNCTION bug() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN ${body} END $$;
  CREATE TRIGGER bug BEFORE ${event} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION bug()`;

interface Bug {
  /** SQL that plants it in the database. */
  plant?: string;
  /** Or a change of the code, which answers how to undo it. */
  change?: () => () => void;
  /** Or a step that is left out. */
  without?: 'sweep';
  found: RegExp;
}

const AHEAD_MS = 30_000;
/** The time of transactions is the process's, which is ahead of the database's. */
const processTime = (): (() => void) => {
  const right = Transaction.prototype.now;
  Transaction.prototype.now = () => Promise.resolve(new Date(Date.now() + AHEAD_MS));
  return () => (Transaction.prototype.now = right);
};

const BUGS: Record<string, Bug> = {
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
    // The table itself refuses it now, so the bug has to lose that too.
    plant: `ALTER TABLE escalations DROP CONSTRAINT escalations_number_once; ${trigger('UPDATE ON number_series', 'true', 'RETURN OLD;')}`,
    found: /number 1 stands in the place of 2/,
  },
  'a number that is left out': {
    plant: trigger('UPDATE ON number_series', 'true', 'NEW.last_number := NEW.last_number + 1; RETURN NEW;'),
    found: /number 3 stands in the place of 2/,
  },
  'a process that goes by its own clock': { change: processTime, found: /seen fired early/ },
  'a sweep that is left out': { without: 'sweep', found: /fired 0 times/ },
  'a firing that is recorded before its due': {
    plant: trigger(
      'INSERT ON clock_firings',
      `NEW.event = 'overdue'`,
      `NEW.fired_at := NEW.due_at - interval '1 millisecond'; RETURN NEW;`,
    ),
    found: /recorded as fired before its due/,
  },
  'a notice that is written twice': {
    plant: trigger(
      'INSERT ON deliveries',
      `NEW.topic = 'reminder' AND NEW.idempotency_key NOT LIKE '%again'`,
      `INSERT INTO deliveries SELECT (jsonb_populate_record(NEW, jsonb_build_object('id', gen_random_uuid(), 'idempotency_key', NEW.idempotency_key || 'again'))).*; RETURN NEW;`,
    ),
    found: /told 2 times/,
  },
  'an urging of a case that was answered': {
    plant: trigger(
      'UPDATE ON response_clocks',
      `NEW.state = 'met' AND NEW.clock_key = 'firstRelease.limit'`,
      `INSERT INTO escalations (id, incident_id, step, ordinal, number, reason, trigger_key, at, state)
         VALUES (gen_random_uuid(), NEW.incident_id, 'reminder', 1, NULL, 'response', 'bug', huiying_now(), 'issued'); RETURN NEW;`,
    ),
    found: /answered in time, and fired 0, urged 1 times/,
  },
  'an answer that is lost': {
    plant: trigger('INSERT ON ledger_entries', `NEW.type = 'evidence.proven'`, 'RETURN NULL;'),
    found: /answered in time and not met/,
  },
  'a follower that begins behind the first entries': {
    plant: trigger('INSERT ON ledger_cursors', `NEW.consumer = 'clocks'`, 'NEW.seq := 1000; RETURN NEW;'),
    found: /0 clocks instead of 1/,
  },
  'an entry that is never sealed': {
    plant: trigger(
      'INSERT ON ledger_unsealed',
      'true',
      `IF EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.entry_id AND type = 'escalation.issued') THEN RETURN NULL; END IF; RETURN NEW;`,
    ),
    found: /an entry escalation\.issued will never be sealed/,
  },
  'a line of the ledger that is changed afterwards': {
    plant: trigger('INSERT ON ledger_seals', 'NEW.seq = 5', `NEW.hash := repeat('0', 64); RETURN NEW;`),
    found: /the chain breaks/,
  },
};

/** Runs the steps of the clocks process in this one until the test has seen enough; the first case is answered in time. */
async function run({ plant, change, without }: Partial<Bug> = {}, patienceMs = PATIENCE_MS) {
  if (plant !== undefined) await db.asOwner(plant);
  const undo = change?.();
  const now = Date.now();
  const cases = await plantCases(
    db,
    [ANSWERED_MS, ...DUES_MS].map((ahead) => now + ahead),
  );
  const sweep = new SweepService(db.worker);
  const notices = new NotificationService();
  const step = async () => {
    await consumeLedger(db.worker, keeper);
    if (without !== 'sweep') await sweep.sweep('sweep', 'test');
    await consumeLedger(db.worker, ladder);
    await ladder.climb(db.worker);
    await consumeLedger(db.worker, notices);
  };
  await step();
  await answer(db, cases[0]!);
  let running = true;
  const loop = (async () => {
    for (; running; await wait(20)) await step();
  })();
  await watch(db, cases, patienceMs);
  // What was written last is sealed and told too.
  await watch(db, cases, 0);
  running = false;
  await loop;
  await step();
  undo?.();
  return check(db, cases);
}

test('the rig finds nothing where nothing is wrong', async () => {
  expect((await run({}, 100_000)).problems).toEqual([]);
});

test.each(Object.keys(BUGS))('the rig finds %s', async (name) => {
  const bug = BUGS[name]!;
  expect((await run(bug)).problems.join('\n')).toMatch(bug.found);
});
