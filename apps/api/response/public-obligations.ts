import { Injectable } from '@nestjs/common';
import { ClocksViews } from '#clocks/clocks.views.js';
import type { Transaction } from '#platform/database/database.js';
import { conferencesOf } from '#response/conferences.store.js';
import { OpenObligations } from '#response/close-out.service.js';

const MAX_CLOCKS = 200;
/** Progress is released until the close-out, which ends the row of these clocks. */
const UNTIL_CLOSED = 'continuingRelease';

/** What the public still waits for, as its clocks stand; a conference that was waived with a ground is not waited for. */
@Injectable()
export class PublicObligations extends OpenObligations {
  constructor(private readonly clocks: ClocksViews) {
    super();
  }

  async openActs(tx: Transaction, incidentId: string): Promise<string[]> {
    const open = await this.clocks.list(tx, {
      incidentId,
      scope: 'public',
      state: ['armed', 'dueSoon', 'overdue'],
      limit: MAX_CLOCKS,
    });
    const waived = (await conferencesOf(tx, incidentId)).some((conference) => conference.state === 'waived');
    return open
      .filter((clock) => clock.force === 'limit' && clock.act !== UNTIL_CLOSED)
      .map((clock) => clock.act)
      .filter((act) => act !== 'pressConference' || !waived);
  }
}
