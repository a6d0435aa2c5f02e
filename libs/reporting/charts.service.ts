import { Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import type { Transaction } from '#platform/database/database.js';
import { ChartsViews } from './charts.views.js';
import { NO_DRILLS, periodQuestion, ROUNDING } from './documents.service.js';
import { FactQuery } from './facts/fact-query.js';
import { SIGN_FOR_SPANS } from './facts/overview.js';
import { CATEGORY_LABELS, CHANNEL_LABELS, labelOf } from './labels.js';
import { OverviewViews } from './overview.views.js';
import { BULLETIN_RULES } from './rules/bulletin-table.js';
import { monthPeriod, type Period, previousPeriod } from './rules/period.js';
import { ratio } from './rules/ratio.js';
import { count, rate, type ReportDocument, type ReportTable, rowsOf, text, word } from './tables/report-table.js';

/** Months that the rates look back. */
const MONTHS = 6;

/** The charts, as tables: what is drawn is what stands in its table, and each number lists its rows. */
@Injectable()
export class ChartsService {
  constructor(
    private readonly charts: ChartsViews,
    private readonly overview: OverviewViews,
    private readonly directory: Directory,
  ) {}

  async build(tx: Transaction, period: Period, asOf: Date): Promise<ReportDocument> {
    const at = asOf.toISOString();
    const link = (figure: string, value?: string, question: Record<string, string> = periodQuestion(period)) =>
      rowsOf(figure, { ...question, value, asOf: at });
    const of = (wanted: Period, periods: readonly Period[] = [wanted]) =>
      new FactQuery(tx, { period: wanted, membership: 'due' }, asOf, periods);
    const months = lastMonths(period, asOf);
    const breakdown = await this.overview.breakdown(of(period));
    const signFor = new Map((await this.charts.signFor(of(period))).map(({ span, n }) => [span, n]));
    return {
      key: 'charts',
      title: '督查图表',
      period,
      asOf,
      notes: [
        NO_DRILLS,
        ROUNDING,
        '事件按发现时刻、交办按交办时刻、按时率按最后一项时限的到期时刻、办结按办结时刻归期',
      ],
      rules: [
        { key: 'onTime', label: '按时回应率', rule: BULLETIN_RULES.onTime },
        { key: 'reopened', label: '重复舆情率', rule: '30 日内重新立案 ÷ 期内办结' },
      ],
      tables: [
        trendTable(await this.charts.trend(of(period)), at),
        {
          key: 'category',
          title: '类别构成',
          columns: [{ key: 'category', label: '类别' }, COUNT],
          rows: breakdown
            .filter(({ dimension }) => dimension === 'category')
            .map(({ key, count: n }) => [word('category', key, labelOf(CATEGORY_LABELS, key)), count(n, link('by.category', key))]), // prettier-ignore
        },
        {
          key: 'county',
          title: '属地分布',
          columns: [{ key: 'place', label: '属地' }, COUNT],
          rows: this.places(breakdown).map(({ key, name, n }) => [word('place', key, name), count(n, link('by.jurisdiction', key))]), // prettier-ignore
        },
        ratesTable('onTime', '按时回应率', months, await this.charts.onTime(of(months[0]!, months)), at),
        {
          key: 'signFor',
          title: '签收用时分布',
          columns: [{ key: 'signForSpan', label: '用时' }, COUNT],
          rows: [...SIGN_FOR_SPANS.map(String), 'more', 'none'].map((span) => [
            word('figure', `signFor.${span}`, spanLabel(span)),
            count(signFor.get(span) ?? 0, link('signForSpan', span)),
          ]),
        },
        ratesTable('reopened', '重复舆情率', months, await this.charts.reopened(of(months[0]!, months)), at),
      ],
    };
  }

  /** Every county of the city, also one without any: an empty place on the map says something. */
  private places(breakdown: readonly { dimension: string; key: string; count: number }[]) {
    const counted = new Map(breakdown.filter(({ dimension }) => dimension === 'jurisdiction').map(({ key, count: n }) => [key, n])); // prettier-ignore
    const { root, jurisdictions } = this.directory.city;
    const known = [root.code, ...[...jurisdictions.keys()].filter((code) => code.length === 6 && code !== root.code)];
    return [...new Set([...known, ...counted.keys()])].map((key) => ({
      key,
      name: key === root.code ? `${root.name}本级` : (jurisdictions.get(key)?.name ?? key),
      n: counted.get(key) ?? 0,
    }));
  }
}

const COUNT = { key: 'count', label: '件数', numeric: true } as const;

/** The months up to the end of the period, or to now, the first of them first. */
function lastMonths(period: Period, asOf: Date): Period[] {
  const end = Math.min(period.to - 1, asOf.getTime());
  const months = [monthPeriod(new Date(end + 8 * 3_600_000).toISOString().slice(0, 10))];
  while (months.length < MONTHS) months.unshift(previousPeriod(months[0]!));
  return months;
}

function trendTable(rows: readonly { day: string; source: string; n: number }[], asOf: string): ReportTable {
  const sources = [...new Set(rows.map(({ source }) => source))].sort();
  const days = [...new Set(rows.map(({ day }) => day))].sort();
  const found = new Map(rows.map(({ day, source, n }) => [`${day} ${source}`, n]));
  return {
    key: 'trend',
    title: '来源趋势',
    columns: [
      { key: 'day', label: '日期', width: 12 },
      ...sources.map((source) => ({
        key: `source.${source}`,
        label: labelOf(CHANNEL_LABELS, source),
        numeric: true,
      })),
    ],
    rows: days.map((day) => [
      text(day),
      ...sources.map((source) =>
        count(found.get(`${day} ${source}`) ?? 0, rowsOf('by.source', { day, value: source, asOf })),
      ),
    ]),
  };
}

function ratesTable(
  key: 'onTime' | 'reopened',
  title: string,
  months: readonly Period[],
  rows: readonly { which: number; n: number; d: number }[],
  asOf: string,
): ReportTable {
  const found = new Map(rows.map((row) => [row.which, row]));
  return {
    key,
    title,
    columns: [
      { key: 'month', label: '月份' },
      { key, label: title, numeric: true },
    ],
    rows: months.map((month, which) => {
      const { n, d } = found.get(which) ?? { n: 0, d: 0 };
      const question = { month: month.name, asOf };
      return [text(month.name), rate(ratio(n, d), rowsOf(`${key}.n`, question), rowsOf(`${key}.d`, question))];
    }),
  };
}

const spanLabel = (span: string): string =>
  span === 'none' ? '未签收' : span === 'more' ? '超过 2 小时' : `${span} 分钟内`;
