import { Injectable } from '@nestjs/common';
import { ClocksViews } from '#clocks/clocks.views.js';
import { ClockKeeper, ClockPolicies } from '#clocks/keeper.service.js';
import { deidentify } from '#ingest/rules/deidentify.js';
import type { Transaction } from '#platform/database/database.js';
import { type CaseEvent, type CaseItem, CaseReader } from '#response/case-reader.js';
import { ConferenceLimits } from '#response/conference-preparation.js';
import { ClockFacts } from '#response/effect-evaluation.service.js';
import { PersonalDataReader } from '#response/statement-review.js';
import { GRADES, type Incident } from '#triage/contract.js';
import { IncidentsViews } from '#triage/incidents.views.js';

const MAX_CLOCKS = 500;

/** Items and ledger of an incident, as the response may use them. */
@Injectable()
export class StageCaseReader extends CaseReader {
  constructor(private readonly incidents: IncidentsViews) {
    super();
  }

  async items(tx: Transaction, incidentId: string, limit: number): Promise<CaseItem[]> {
    const items = await this.incidents.items(tx, incidentId, limit);
    return items.map(
      ({ id, title, body, url, sourceName, channel, publishedAt, receivedAt, contentSha256 }): CaseItem => ({
        id,
        title,
        body,
        url,
        sourceName,
        channel,
        publishedAt,
        receivedAt,
        contentSha256,
      }),
    );
  }

  async timeline(tx: Transaction, incidentId: string, limit: number): Promise<CaseEvent[]> {
    const entries = await this.incidents.timeline(tx, incidentId, limit);
    return entries.map(({ at, type, actorName, reason }) => ({ at, type, actorName, reason })).reverse();
  }
}

/** What names a person, read as intake reads it. */
@Injectable()
export class IntakePersonalData extends PersonalDataReader {
  find(text: string): { kind: string; start: number; end: number }[] {
    return deidentify(text).found.map(({ kind, start, end }) => ({ kind, start, end }));
  }

  mask(text: string): string {
    return deidentify(text).text;
  }
}

/** The end of the 24 h of a fast case, as its clock stands. */
@Injectable()
export class ConferenceClock extends ConferenceLimits {
  constructor(private readonly clocks: ClocksViews) {
    super();
  }

  async dueAt(tx: Transaction, incidentId: string): Promise<Date | null> {
    const open = ['armed', 'dueSoon', 'overdue'];
    const clocks = await this.clocks.list(tx, { incidentId, scope: 'public', state: open, limit: MAX_CLOCKS });
    return clocks.find((clock) => clock.act === 'pressConference' && clock.force === 'limit')?.dueAt ?? null;
  }
}

const DEAD = new Set(['superseded', 'cancelled', 'notApplicable', 'overdueAtUpgrade']);
const MISSED = new Set(['overdue', 'metLate']);

/** What the clocks say of a case that is evaluated. */
@Injectable()
export class StageClockFacts extends ClockFacts {
  constructor(
    private readonly clocks: ClocksViews,
    private readonly keeper: ClockKeeper,
    private readonly policies: ClockPolicies,
  ) {
    super();
  }

  async of(tx: Transaction, incident: Incident): ReturnType<ClockFacts['of']> {
    const all = await this.clocks.list(tx, { incidentId: incident.id, limit: MAX_CLOCKS });
    const clocks = all.filter((clock) => !DEAD.has(clock.state));
    const { fastFrom } = this.policies.packFor(incident.policyPack, incident.drill);
    const fast = GRADES.indexOf(incident.grade) <= GRADES.indexOf(fastFrom);
    const { flags } = await this.keeper.inspect(tx, incident.id);
    const release = clocks.find((clock) => clock.act === (fast ? 'firstRelease' : 'publicResponse'));
    const standing = (act: string): 'onTime' | 'late' | 'none' => {
      const asked = clocks.filter((clock) => clock.act === act);
      if (asked.some((clock) => MISSED.has(clock.state))) return 'late';
      return asked.some((clock) => clock.state === 'met') ? 'onTime' : 'none';
    };
    return {
      fast,
      startedAt: release?.startedAt ?? incident.occurredAt ?? incident.detectedAt,
      firstReport: clocks.some((clock) => clock.act === 'firstReport') ? standing('firstReport') : null,
      verification: standing('verificationFeedback'),
      handling: standing('handlingFeedback'),
      publicLimitMissed: clocks.some(
        (clock) => clock.scope === 'public' && clock.force === 'limit' && MISSED.has(clock.state),
      ),
      topLeaderOpen: flags.some((flag) => flag.code === 'topLeaderOpen'),
    };
  }
}
