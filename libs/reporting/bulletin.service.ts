import { Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import type { Transaction } from '#platform/database/database.js';
import { type BodyCounts, BulletinViews } from './bulletin.views.js';
import { type Frame, type OutcomeRow, OutcomesViews } from './outcomes.views.js';
import {
  addCounts,
  bulletinRow,
  type BulletinRow,
  bulletinTable,
  NO_COUNTS,
  type RowFacts,
} from './rules/bulletin-table.js';
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
}

/** Kinds of bodies that stand for a place: they are no department. */
const PLACE_KINDS = new Set(['division', 'town']);

interface Facts {
  counts: BodyCounts[];
  incidents: OutcomeRow[];
}

/** How rows are grouped: the key of counts and of incidents; null belongs to no row. */
interface Grouping {
  ofCounts(row: BodyCounts): string | null;
  ofIncident(row: OutcomeRow): string | null;
  nameOf(key: string): string;
}

@Injectable()
export class BulletinService {
  constructor(
    private readonly views: BulletinViews,
    private readonly outcomes: OutcomesViews,
    private readonly directory: Directory,
  ) {}

  /**
   * The bulletin of a period as it stood at `asOf`, over what the transaction sees. What happened later does not count,
   * so the same call gives the same numbers as long as no past fact was corrected.
   */
  async build(tx: Transaction, frame: Frame, asOf: Date): Promise<Bulletin> {
    const current = await this.facts(tx, frame, asOf);
    const previous = await this.facts(tx, { ...frame, period: previousPeriod(frame.period) }, asOf);
    const now = asOf.getTime();
    const rowsBy = (grouping: Grouping) => rowsOf(current, previous, grouping);
    const whole = rowsBy({ ofCounts: () => 'whole', ofIncident: () => 'whole', nameOf: () => '全部' })[0];
    return {
      whole: bulletinRow(whole ?? { id: 'whole', name: '全部', ...NOTHING, previous: NOTHING }, now),
      counties: bulletinTable(rowsBy(this.byPlace()), now),
      departments: bulletinTable(rowsBy(this.byDepartment([...current.counts, ...previous.counts])), now),
    };
  }

  private async facts(tx: Transaction, frame: Frame, asOf: Date): Promise<Facts> {
    return {
      counts: await this.views.counts(tx, frame, asOf),
      incidents: await this.outcomes.ofPeriod(tx, frame),
    };
  }

  private byPlace(): Grouping {
    const { jurisdictions, root } = this.directory.city;
    return {
      ofCounts: ({ jurisdiction }) => countyOf(jurisdiction),
      ofIncident: ({ jurisdiction }) => countyOf(jurisdiction),
      nameOf: (code) => (code === root.code ? `${root.name}本级` : (jurisdictions.get(code)?.name ?? code)),
    };
  }

  private byDepartment(counts: readonly BodyCounts[]): Grouping {
    const known = new Map(counts.map((row) => [row.bodyId, row]));
    const { bodies } = this.directory.city;
    const kindOf = (id: string): string => known.get(id)?.bodyKind ?? bodies.get(id)?.kind ?? '';
    const department = (id: string | null) => (id === null || PLACE_KINDS.has(kindOf(id)) ? null : id);
    return {
      ofCounts: ({ bodyId }) => department(bodyId),
      ofIncident: ({ leadBodyId }) => department(leadBodyId),
      nameOf: (id) => known.get(id)?.bodyName ?? bodies.get(id)?.name ?? id,
    };
  }
}

const NOTHING = { counts: NO_COUNTS, incidents: [] };

/** A town belongs to its county. */
const countyOf = (jurisdiction: string): string => jurisdiction.slice(0, 6);

function rowsOf(current: Facts, previous: Facts, grouping: Grouping): RowFacts[] {
  const now = grouped(current, grouping);
  const before = grouped(previous, grouping);
  // A row that had something to answer for in either period; one of the period before alone shows its fall to none.
  return [...new Set([...now.keys(), ...before.keys()])].sort().map((id) => ({
    id,
    name: grouping.nameOf(id),
    ...(now.get(id) ?? NOTHING),
    previous: before.get(id) ?? NOTHING,
  }));
}

interface Grouped {
  counts: RowFacts['counts'];
  incidents: OutcomeRow[];
}

function grouped(facts: Facts, grouping: Grouping): Map<string, Grouped> {
  const rows = new Map<string, Grouped>();
  const rowOf = (key: string) => {
    const row: Grouped = rows.get(key) ?? { counts: NO_COUNTS, incidents: [] };
    rows.set(key, row);
    return row;
  };
  for (const counts of facts.counts) {
    const key = grouping.ofCounts(counts);
    if (key === null) continue;
    const row = rowOf(key);
    row.counts = addCounts(row.counts, counts);
  }
  for (const incident of facts.incidents) {
    const key = grouping.ofIncident(incident);
    if (key !== null) rowOf(key).incidents.push(incident);
  }
  return rows;
}
