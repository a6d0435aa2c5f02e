import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { BoardsViews } from './boards.views.js';
import { type Bulletin, BulletinService } from './bulletin.service.js';
import { FactQuery, type Frame } from './facts/fact-query.js';
import { GroundsViews } from './grounds.views.js';
import { HotlineViews } from './hotline.views.js';
import { IndicatorsService } from './indicators.service.js';
import { type Periodical, PeriodicalService } from './periodical.service.js';
import { PublicStatisticsViews } from './public-statistics.views.js';
import { byRequestType, HOTLINE_RULES, hotlineFigures } from './rules/hotline-words.js';
import { type Period, previousPeriod } from './rules/period.js';
import { bulletinRules, bulletinTables } from './tables/bulletin-tables.js';
import { groundTable } from './tables/ground-table.js';
import { nextHourTable, overdueTable, periodicalTables } from './tables/periodical-tables.js';
import type { ReportDocument } from './tables/report-table.js';
import { indicatorTables, publicTables } from './tables/statistics-tables.js';

/** What every report leaves out. */
export const NO_DRILLS = '演练不计入';
export const MEMBERSHIP_NOTES = {
  due: '回应各率按最后一项时限的到期时刻归期，交办按交办时刻，签收、反馈按到期时刻',
  dispatched: '回应各率按交办时刻归期，签收、反馈按到期时刻',
} as const;
export const ROUNDING = '百分比保留两位小数，四舍五入；分母为 0 时记“—”';
export const PERIODICAL_NOTE =
  '条目按接收、事件按发现、交办按交办、回应按首次权威发布、办结按办结时刻归期；超时清单与后期关注为数据时间的现状';
export const PUBLIC_NOTE = '工单按诉求时刻、事件按发现时刻归期；不含标题以外的个案信息；典型答复均已公开发布';

const PERIODICALS: Readonly<Record<string, string>> = { day: '舆情日报', week: '舆情周报', month: '舆情月报' };
/** What a question of rows calls a period of each kind. */
const PERIOD_WORDS: Readonly<Record<string, string>> = { day: 'day', week: 'week', month: 'month', quarter: 'quarter' };
const HOUR_MS = 3_600_000;
const MAX_BOARD_ROWS = 1_000;
const MAX_ANSWERS = 20;

/** The question of rows for a period: `day=2026-11-26`. */
export const periodQuestion = (period: Period): Record<string, string> => ({
  [PERIOD_WORDS[period.kind] ?? 'day']: period.name,
});

/** Every report as one kind of thing: tables with their numbers' questions, for screen, file and paper. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly bulletins: BulletinService,
    private readonly periodicals: PeriodicalService,
    private readonly indicators: IndicatorsService,
    private readonly boards: BoardsViews,
    private readonly hotline: HotlineViews,
    private readonly statistics: PublicStatisticsViews,
    private readonly grounds: GroundsViews,
  ) {}

  async bulletin(tx: Transaction, frame: Frame, asOf: Date): Promise<ReportDocument> {
    return bulletinDocument(await this.bulletins.build(tx, frame, asOf), frame, asOf);
  }

  async periodical(tx: Transaction, period: Period, asOf: Date): Promise<ReportDocument> {
    return periodicalDocument(await this.periodicals.build(tx, period, asOf), period, asOf);
  }

  async indicatorsOf(tx: Transaction, frame: Frame, asOf: Date): Promise<ReportDocument> {
    return {
      key: 'indicators',
      title: '考核指标',
      period: frame.period,
      asOf,
      notes: [NO_DRILLS, MEMBERSHIP_NOTES[frame.membership], ROUNDING],
      rules: [],
      tables: [
        ...indicatorTables(await this.indicators.list(tx, frame, asOf), frame, asOf),
        groundTable(await this.grounds.upheld(new FactQuery(tx, frame, asOf))),
      ],
    };
  }

  async overdue(tx: Transaction, hoursAhead: number, asOf: Date): Promise<ReportDocument> {
    const horizon = new Date(asOf.getTime() + hoursAhead * HOUR_MS);
    const rows = await this.boards.overdue(tx, { horizon, limit: MAX_BOARD_ROWS });
    const notes = [NO_DRILLS, `至多 ${MAX_BOARD_ROWS} 行，逾期最久的在前`];
    return { key: 'overdue', title: '逾期清单', period: null, asOf, notes, rules: [], tables: [overdueTable(rows)] };
  }

  async nextHour(tx: Transaction, asOf: Date): Promise<ReportDocument> {
    const rows = await this.boards.nextHour(tx, MAX_BOARD_ROWS);
    const rules = [{ key: 'urgency', label: '紧迫度', rule: '等级权重（Ⅰ 4、Ⅱ 3、Ⅲ 2、其他 1）×（期限 2、目标 1）× 单位在办时限 ÷ 剩余分钟' }]; // prettier-ignore
    return { key: 'nextHour', title: '一小时内到期', period: null, asOf, notes: [NO_DRILLS], rules, tables: [nextHourTable(rows)] }; // prettier-ignore
  }

  async publicStatistics(tx: Transaction, period: Period, asOf: Date): Promise<ReportDocument> {
    const facts = () => new FactQuery(tx, { period, membership: 'due' }, asOf);
    const groups = await this.hotline.groups(facts());
    const figures = hotlineFigures(groups);
    const classes = await this.statistics.classes(facts());
    const answers = await this.statistics.answers(tx, period, MAX_ANSWERS);
    return {
      key: 'public',
      title: '公开统计',
      period,
      asOf,
      notes: [NO_DRILLS, PUBLIC_NOTE],
      rules: Object.entries(HOTLINE_RULES).map(([key, rule]) => ({ key, label: HOTLINE_WORDS[key] ?? key, rule })),
      tables: publicTables(
        { figures, types: byRequestType(groups), classes, answers },
        {
          ...periodQuestion(period),
          asOf: asOf.toISOString(),
        },
      ),
    };
  }
}

const HOTLINE_WORDS: Readonly<Record<string, string>> = {
  handled: '办结率',
  satisfied: '满意率',
  solved: '解决率',
  closedInTime: '按时办结率',
  returned: '退单率',
  type: '类型占比',
};

export const bulletinDocument = (built: Bulletin, frame: Frame, asOf: Date): ReportDocument => ({
  key: 'bulletin',
  title: '季度通报',
  period: frame.period,
  asOf,
  notes: [NO_DRILLS, MEMBERSHIP_NOTES[frame.membership], ROUNDING],
  rules: bulletinRules(),
  tables: bulletinTables(built, frame, asOf),
});

export const periodicalDocument = (built: Periodical, period: Period, asOf: Date): ReportDocument => ({
  key: period.kind,
  title: PERIODICALS[period.kind] ?? '舆情报告',
  period,
  asOf,
  notes: [NO_DRILLS, PERIODICAL_NOTE],
  rules: [],
  tables: periodicalTables(built, {
    now: { ...periodQuestion(period), asOf: asOf.toISOString() },
    before: { ...periodQuestion(previousPeriod(period)), asOf: asOf.toISOString() },
  }),
});
