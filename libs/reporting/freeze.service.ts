import { Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { sha256 } from '#kernel/hash.js';
import { newId } from '#kernel/ids.js';
import { officeYear } from '#kernel/time.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { nextNumber } from '#platform/numbers/number-series.js';
import { type Bulletin, BulletinService } from './bulletin.service.js';
import { REPORT_EVENTS } from './events.js';
import { ReportPolicy } from './report-policy.js';
import type { Frame } from './facts/fact-query.js';
import { objectionsEnd, rectificationDay } from './rules/bulletin-course.js';
import { type Difference, differences } from './rules/differences.js';
import { quarterPeriod } from './rules/period.js';
import { findSnapshot, insertSnapshot, type ListedSnapshot, type Snapshot } from './snapshots.store.js';

const MAX_DIFFERENCES = 100;

/** A frozen bulletin beside what the same question answers today. */
export interface FrozenBulletin {
  snapshot: Snapshot & ListedSnapshot;
  bulletin: Bulletin;
  /** The stored text still has the hash that was taken of it. */
  hashMatches: boolean;
  /**
   * Empty: today's tables give the same numbers. Past facts that were corrected since show here. Null for a reader who
   * sees a part of the place only: the numbers of a part are not those of the whole.
   */
  differences: Difference[] | null;
}

@Injectable()
export class FreezeService {
  constructor(
    private readonly bulletins: BulletinService,
    private readonly directory: Directory,
    private readonly policy: ReportPolicy,
  ) {}

  /** Keeps the bulletin of a quarter as it stands now, with number and hash. It is never changed; one may freeze again. */
  async freeze(tx: Transaction, frame: Frame & { place: string }, actor: Actor): Promise<Snapshot> {
    const asOf = await tx.now();
    const bulletin = await this.bulletins.build(tx, frame, asOf);
    const content = JSON.stringify(bulletin);
    const snapshot: Snapshot = {
      id: newId(),
      number: await nextNumber(tx, `${this.directory.city.numberPrefix}舆通〔${officeYear(asOf)}〕`),
      kind: 'bulletin',
      period: frame.period.name,
      membership: frame.membership,
      jurisdiction: frame.place,
      bodyIds: [...bulletin.departments.rows.map((row) => row.id), ...this.officesOf(bulletin)],
      asOf,
      content,
      sha256: sha256(content),
      frozenAt: asOf,
      frozenBy: actor.id,
      frozenByName: actor.name,
      objectionsUntil: new Date(objectionsEnd(asOf.getTime(), this.policy.terms.objectionDays)),
      demands: [bulletin.counties, bulletin.departments].flatMap(
        ({ rows, laggards }) =>
        rows.filter(({ id }) => laggards.includes(id)).map(({ id, name }) => ({ id, name, dueOn: rectificationDay(asOf.getTime(), this.policy.terms.rectificationDays) })), // prettier-ignore
      ),
    };
    await insertSnapshot(tx, snapshot);
    const { number, period, membership, jurisdiction, sha256: hash } = snapshot;
    const payload = { number, period, membership, jurisdiction, sha256: hash };
    await appendLedger(tx, [{ type: REPORT_EVENTS.frozen, at: asOf, actor, subjectId: snapshot.id, payload }]);
    return snapshot;
  }

  /** The offices that stand for the counties of a bulletin. */
  private officesOf(bulletin: Bulletin): string[] {
    const places = new Set(bulletin.counties.rows.map(({ id }) => id));
    return [...this.directory.city.bodies.values()].filter(({ kind, jurisdiction }) => kind === 'division' && places.has(jurisdiction)).map(({ id }) => id); // prettier-ignore
  }

  /** Reads a frozen bulletin, checks its hash and computes it anew for the same place, period and time. */
  async compare(tx: Transaction, id: string, seesAllOf: (place: string) => boolean): Promise<FrozenBulletin> {
    const snapshot = await findSnapshot(tx, id);
    const bulletin = JSON.parse(snapshot.content) as Bulletin;
    const frame = {
      period: quarterPeriod(snapshot.period),
      membership: snapshot.membership,
      place: snapshot.jurisdiction,
    };
    const hashMatches = sha256(snapshot.content) === snapshot.sha256;
    if (!seesAllOf(snapshot.jurisdiction)) return { snapshot, bulletin, hashMatches, differences: null };
    const built = JSON.stringify(await this.bulletins.build(tx, frame, snapshot.asOf));
    // What was not counted yet when it was frozen is no difference.
    const unknown = new Set(bulletin.examples === undefined ? ['effect', 'examples'] : []);
    const anew: unknown = JSON.parse(built, (key, value: unknown) => (unknown.has(key) ? undefined : value));
    return {
      snapshot,
      bulletin,
      hashMatches,
      differences: differences(bulletin, anew, MAX_DIFFERENCES),
    };
  }
}
