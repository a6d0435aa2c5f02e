import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '#accounts/contract.js';
import { Directory } from '#directory/directory.js';
import { dayOf } from '#kernel/civil-day.js';
import { FactQuery } from '#reporting/facts/fact-query.js';
import { DocumentsService, NO_DRILLS, PUBLIC_NOTE } from '#reporting/documents.service.js';
import { HotlineViews } from '#reporting/hotline.views.js';
import { IndicatorsService } from '#reporting/indicators.service.js';
import { CATEGORY_LABELS, labelOf } from '#reporting/labels.js';
import { PublicStatisticsViews } from '#reporting/public-statistics.views.js';
import { byRequestType, HOTLINE_RULES, hotlineFigures } from '#reporting/rules/hotline-words.js';
import { monthPeriod, quarterOf, quarterPeriod, requireBegun } from '#reporting/rules/period.js';
import { ratio } from '#reporting/rules/ratio.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { delivered, FORMATS, PRODUCED } from './delivered.js';
import { officeName } from './office-name.js';
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
  query: z.strictObject({ month: monthName().optional(), format: z.enum(FORMATS).default('json') }),
  produces: PRODUCED,
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
  query: z.strictObject({
    quarter: quarterName().optional(),
    by: z.enum(['due', 'dispatched']).default('due'),
    format: z.enum(FORMATS).default('json'),
  }),
  produces: PRODUCED,
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
    private readonly documents: DocumentsService,
    private readonly directory: Directory,
  ) {}

  @Route(publicStatistics)
  async public(@Input() { tx, caller, query }: RouteInput<typeof publicStatistics>) {
    const asOf = await tx.now();
    const period = requireBegun(monthPeriod(query.month ?? dayOf(asOf.getTime())), asOf.getTime());
    if (query.format !== 'json')
      return delivered(await this.documents.publicStatistics(tx, period, asOf), query.format, this.frame(caller));
    const facts = () => new FactQuery(tx, { period, membership: 'due' }, asOf);
    const groups = await this.hotline.groups(facts());
    const classes = await this.statistics.classes(facts());
    return {
      period: periodOut(period),
      asOf,
      notes: [NO_DRILLS, PUBLIC_NOTE],
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
  async list(@Input() { tx, caller, query }: RouteInput<typeof indicators>) {
    const asOf = await tx.now();
    const period = requireBegun(quarterPeriod(query.quarter ?? quarterOf(asOf.getTime())), asOf.getTime());
    const frame = { period, membership: query.by };
    if (query.format !== 'json')
      return delivered(await this.documents.indicatorsOf(tx, frame, asOf), query.format, this.frame(caller));
    const items = await this.indicators.list(tx, frame, asOf);
    return { period: periodOut(period), asOf, notes: [NO_DRILLS], items };
  }

  private frame(caller: Caller) {
    return { office: officeName(this.directory.city), by: caller.displayName };
  }
}
