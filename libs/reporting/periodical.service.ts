import { Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import type { Transaction } from '#platform/database/database.js';
import { BoardsViews, type OverdueRow } from './boards.views.js';
import { CasesViews, type ImportantCase, type OutlookRow, type RumourRow } from './cases.views.js';
import { type HotTopic, HotlineViews } from './hotline.views.js';
import { CATEGORY_LABELS, CHANNEL_LABELS, GRADE_LABELS, labelOf, TOPIC_LABELS } from './labels.js';
import { FactQuery } from './facts/fact-query.js';
import { TOTALS } from './facts/overview.js';
import { type Breakdown, OverviewViews, type Totals } from './overview.views.js';
import { byRequestType, type HotlineFigures, hotlineFigures } from './rules/hotline-words.js';
import { type Period, previousPeriod } from './rules/period.js';
import { percentageChange, type Ratio } from './rules/ratio.js';

export interface CountWithChange {
  current: number;
  previous: number;
  changePct: string;
}

/** 舆情日报, 周报, 月报 (domain 7.2). */
export interface Periodical {
  totals: Record<keyof Totals, CountWithChange>;
  breakdown: (Breakdown & { label: string } & CountWithChange)[];
  important: ImportantCase[];
  overdue: OverdueRow[];
  hotline: { figures: HotlineFigures; types: { type: string; share: Ratio }[]; topics: HotTopic[] };
  rumours: RumourRow[];
  outlook: OutlookRow[];
}

/** Rows of each part; what is longer is read in its own list (judgement: a report is read on paper). */
const MAX_ROWS = { important: 20, overdue: 50, topics: 10, rumours: 20, outlook: 30 };
const DAY_MS = 86_400_000;
/** How far a report looks ahead, by its kind (judgement). */
const AHEAD_DAYS: Readonly<Record<Period['kind'], number>> = { day: 1, week: 7, month: 14, quarter: 30, span: 7 };

@Injectable()
export class PeriodicalService {
  constructor(
    private readonly overview: OverviewViews,
    private readonly cases: CasesViews,
    private readonly boards: BoardsViews,
    private readonly hotline: HotlineViews,
    private readonly directory: Directory,
  ) {}

  /** Everything of one period. The overdue list and the outlook are of now, the counts of the period. */
  async build(tx: Transaction, period: Period, asOf: Date): Promise<Periodical> {
    const of = (wanted: Period) => new FactQuery(tx, { period: wanted, membership: 'due' }, asOf);
    const before = previousPeriod(period);
    const [now, then] = [await this.overview.totals(of(period)), await this.overview.totals(of(before))];
    const groups = await this.hotline.groups(of(period));
    const until = new Date(asOf.getTime() + AHEAD_DAYS[period.kind] * DAY_MS);
    return {
      totals: Object.fromEntries(TOTALS.map((name) => [name, changeOf(now[name], then[name])])) as Periodical['totals'],
      breakdown: this.compared(await this.overview.breakdown(of(period)), await this.overview.breakdown(of(before))),
      important: await this.cases.important(tx, period, MAX_ROWS.important),
      overdue: await this.boards.overdue(tx, { horizon: new Date(asOf.getTime() + DAY_MS), limit: MAX_ROWS.overdue }),
      hotline: {
        figures: hotlineFigures(groups),
        types: byRequestType(groups),
        topics: await this.hotline.topics(tx, period, MAX_ROWS.topics),
      },
      rumours: await this.cases.rumours(tx, period, MAX_ROWS.rumours),
      outlook: await this.cases.outlook(tx, asOf, until, MAX_ROWS.outlook),
    };
  }

  private compared(now: readonly Breakdown[], then: readonly Breakdown[]): Periodical['breakdown'] {
    const before = new Map(then.map((row) => [`${row.dimension} ${row.key}`, row.count]));
    return now.map((row) => ({
      ...row,
      label: this.nameOf(row),
      ...changeOf(row.count, before.get(`${row.dimension} ${row.key}`) ?? 0),
    }));
  }

  private nameOf({ dimension, key }: Breakdown): string {
    if (dimension === 'category') return labelOf(CATEGORY_LABELS, key);
    if (dimension === 'grade') return labelOf(GRADE_LABELS, key);
    if (dimension === 'heat') return `热度 ${key} 级`;
    if (dimension === 'topic') return labelOf(TOPIC_LABELS, key);
    if (dimension === 'channel') return labelOf(CHANNEL_LABELS, key);
    const { root, jurisdictions } = this.directory.city;
    return key === root.code ? `${root.name}本级` : (jurisdictions.get(key)?.name ?? key);
  }
}

const changeOf = (current: number, previous: number): CountWithChange => ({
  current,
  previous,
  changePct: percentageChange(current, previous),
});
