import { Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import type { Transaction } from '#platform/database/database.js';
import { EffectsViews, type Example } from './effects.views.js';
import { FactQuery, type Frame } from './facts/fact-query.js';
import { type SumKey, SumsViews } from './facts/sums.views.js';
import { bulletinRow, type BulletinRow, bulletinTable, NO_COUNTS, type RowCounts, type RowFacts } from './rules/bulletin-table.js'; // prettier-ignore
import { NO_OUTCOMES, type OutcomeSums } from './rules/outcome-rates.js';
import { ReportPolicy } from './report-policy.js';
import { previousPeriod } from './rules/period.js';

/** A table of the bulletin: its rows, best first, and the ids of those who lag. */
export interface BulletinTable {
  rows: BulletinRow[];
  laggards: string[];
}

/** The quarterly bulletin (季度通报). Counties and departments stand in separate tables. */
export interface Bulletin {
  whole: BulletinRow;
  counties: BulletinTable;
  departments: BulletinTable;
  /** The best and the worst cases by their effect score. Missing in a bulletin that was frozen before they were named. */
  examples?: { good: Example[]; bad: Example[] };
}

/** Kinds of bodies that stand for a place: they are no department. */
const PLACE_KINDS = new Set(['division', 'town']);

/** Sums of the period (0) and of the one before (1), by unit. */
interface Sums {
  duties: (SumKey & RowCounts)[];
  outcomes: (SumKey & OutcomeSums)[];
  effects: Awaited<ReturnType<EffectsViews['sums']>>;
}

@Injectable()
export class BulletinService {
  constructor(
    private readonly sums: SumsViews,
    private readonly effects: EffectsViews,
    private readonly policy: ReportPolicy,
    private readonly directory: Directory,
  ) {}

  /**
   * The bulletin of a period as it stood at `asOf`, over what the transaction sees. What happened later does not count,
   * so the same call gives the same numbers as long as no past fact was corrected.
   */
  async build(tx: Transaction, frame: Frame, asOf: Date): Promise<Bulletin> {
    const periods = [frame.period, previousPeriod(frame.period)];
    const sums: Sums = {
      duties: await this.sums.duties(new FactQuery(tx, frame, asOf, periods), { units: true }),
      outcomes: await this.sums.outcomes(new FactQuery(tx, frame, asOf, periods), { units: true }),
      effects: await this.effects.sums(new FactQuery(tx, frame, asOf)),
    };
    const nameOf = await this.bodyNames(tx);
    const isDepartment = (id: string) => !PLACE_KINDS.has(nameOf(id).kind);
    return {
      whole: bulletinRow(factsOf(sums, 'whole', null, '全部')),
      counties: bulletinTable(unitsOf(sums, 'county').map((id) => factsOf(sums, 'county', id, this.placeName(id)))),
      departments: bulletinTable(
        unitsOf(sums, 'body').filter(isDepartment).map((id) => factsOf(sums, 'body', id, nameOf(id).name)), // prettier-ignore
      ),
      examples: {
        good: await this.effects.examples(new FactQuery(tx, frame, asOf), 'good', this.policy.terms.examples),
        bad: await this.effects.examples(new FactQuery(tx, frame, asOf), 'bad', this.policy.terms.examples),
      },
    };
  }

  private placeName(code: string): string {
    const { jurisdictions, root } = this.directory.city;
    return code === root.code ? `${root.name}本级` : (jurisdictions.get(code)?.name ?? code);
  }

  /** Names and kinds as the table of bodies knows them, else the directory. */
  private async bodyNames(tx: Transaction): Promise<(id: string) => { name: string; kind: string }> {
    const rows = await tx.query<{ id: string; name: string; kind: string }>('SELECT id, name, kind FROM bodies');
    const known = new Map(rows.map((row) => [row.id, row]));
    return (id) => known.get(id) ?? this.directory.city.bodies.get(id) ?? { name: id, kind: '' };
  }
}

/** Units that had something to answer for in either period; one of the period before alone shows its fall to none. */
const unitsOf = ({ duties, outcomes, effects }: Sums, unit: SumKey['unit']): string[] =>
  [
    ...new Set(
      [...duties, ...outcomes, ...effects].flatMap((row) => (row.unit === unit && row.id !== null ? [row.id] : [])),
    ),
  ].sort();

function factsOf({ duties, outcomes, effects }: Sums, unit: SumKey['unit'], id: string | null, name: string): RowFacts {
  const of = <Row extends SumKey>(rows: readonly Row[], which: number) =>
    rows.find((row) => row.unit === unit && row.id === id && row.which === which);
  const at = (which: number) => ({
    counts: of(duties, which) ?? NO_COUNTS,
    outcomes: of(outcomes, which) ?? NO_OUTCOMES,
  });
  const effect = effects.find((row) => row.unit === unit && row.id === id);
  return { id: id ?? 'whole', name, ...at(0), ...(effect === undefined ? {} : { effect }), previous: at(1) };
}
