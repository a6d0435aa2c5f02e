import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { dayOf } from '#kernel/civil-day.js';
import { HotlineViews } from '#reporting/hotline.views.js';
import { IndicatorsService } from '#reporting/indicators.service.js';
import { CATEGORY_LABELS, labelOf } from '#reporting/labels.js';
import { PublicStatisticsViews } from '#reporting/public-statistics.views.js';
import { byRequestType, HOTLINE_RULES, hotlineFigures } from '#reporting/rules/hotline-words.js';
import { monthPeriod, quarterOf, quarterPeriod, requireBegun } from '#reporting/rules/period.js';
import { ratio } from '#reporting/rules/ratio.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { NO_DRILLS } from './ledger-report.controller.js';
import {
  durationsSchema,
  hotlineFiguresSchema,
  monthName,
  periodOut,
  quarterName,
  ratioSchema,
  reportHead,
  typeShares,
} from './report.schemas.js';

const publicStatistics = defineRoute({
  method: 'GET',
  path: '/reports/public',
  summary: '公开统计 of a month, de-identified and machine readable: accepted, handled, satisfaction, classes, answers',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({ month: monthName().optional() }),
  response: z.object({
    ...reportHead,
    hotline: hotlineFiguresSchema.extend({ types: typeShares, rules: z.record(z.string(), z.string()) }),
    classes: z.array(
      z.object({ category: z.string(), label: z.string(), detected: z.number().int(), answered: ratioSchema }),
    ),
    answers: z.array(z.object({ title: z.string(), publishedOn: z.string(), link: z.string() })),
  }),
});
const indicators = defineRoute({
  method: 'GET',
  path: '/reports/indicators',
  summary: 'Indicators for assessment, each with numerator, denominator and rule',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({ quarter: quarterName().optional(), by: z.enum(['due', 'dispatched']).default('due') }),
  response: z.object({
    ...reportHead,
    items: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        rule: z.string(),
        ratio: ratioSchema.nullable(),
        durationsMs: durationsSchema.nullable(),
      }),
    ),
  }),
});

const MAX_ANSWERS = 20;

@Controller()
export class StatisticsController {
  constructor(
    private readonly hotline: HotlineViews,
    private readonly statistics: PublicStatisticsViews,
    private readonly indicators: IndicatorsService,
  ) {}

  @Route(publicStatistics)
  async public(@Input() { tx, query }: RouteInput<typeof publicStatistics>) {
    const asOf = await tx.now();
    const period = requireBegun(monthPeriod(query.month ?? dayOf(asOf.getTime())), asOf.getTime());
    const groups = await this.hotline.groups(tx, period, asOf);
    const classes = await this.statistics.classes(tx, period, asOf);
    return {
      period: periodOut(period),
      asOf,
      notes: [NO_DRILLS, '工单按诉求时刻、事件按发现时刻归期；不含标题以外的个案信息；典型答复均已公开发布'],
      hotline: { ...hotlineFigures(groups), types: byRequestType(groups), rules: HOTLINE_RULES },
      classes: classes.map(({ category, detected, answered }) => ({
        category,
        label: labelOf(CATEGORY_LABELS, category),
        detected,
        answered: ratio(answered, detected),
      })),
      answers: await this.statistics.answers(tx, period, MAX_ANSWERS),
    };
  }

  @Route(indicators)
  async list(@Input() { tx, query }: RouteInput<typeof indicators>) {
    const asOf = await tx.now();
    const period = requireBegun(quarterPeriod(query.quarter ?? quarterOf(asOf.getTime())), asOf.getTime());
    const items = await this.indicators.list(tx, { period, membership: query.by }, asOf);
    return { period: periodOut(period), asOf, notes: [NO_DRILLS], items };
  }
}
