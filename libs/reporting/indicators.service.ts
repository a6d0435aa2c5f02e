import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { FactQuery, type Frame } from './facts/fact-query.js';
import { SumsViews } from './facts/sums.views.js';
import { HotlineViews } from './hotline.views.js';
import { IndicatorsViews } from './indicators.views.js';
import { BULLETIN_RULES, NO_COUNTS } from './rules/bulletin-table.js';
import { conductRates } from './rules/conduct-rates.js';
import type { DurationSummary } from './rules/durations.js';
import { HOTLINE_RULES, hotlineFigures } from './rules/hotline-words.js';
import { NO_OUTCOMES, outcomeRates } from './rules/outcome-rates.js';
import { type Ratio, ratio } from './rules/ratio.js';

/** One value of the assessment (R60: numbers carry their raw counts). A share or spans, never both. */
export interface Indicator {
  key: string;
  label: string;
  rule: string;
  ratio: Ratio | null;
  durationsMs: DurationSummary | null;
}

@Injectable()
export class IndicatorsService {
  constructor(
    private readonly sums: SumsViews,
    private readonly conduct: IndicatorsViews,
    private readonly hotline: HotlineViews,
  ) {}

  /** Every indicator of domain 7.8 and 6.4 that the tables can give. */
  async list(tx: Transaction, frame: Frame, asOf: Date): Promise<Indicator[]> {
    const query = () => new FactQuery(tx, frame, asOf);
    const counts = (await this.sums.duties(query(), { units: false }))[0] ?? NO_COUNTS;
    const outcomes = (await this.sums.outcomes(query(), { units: false }))[0] ?? NO_OUTCOMES;
    const rates = outcomeRates(outcomes);
    const conduct = conductRates({ ...counts, ...(await this.conduct.conduct(query())) });
    const hotline = hotlineFigures(await this.hotline.groups(query()));
    return [
      share('responded', '回应率', BULLETIN_RULES.responded, rates.responded),
      share('onTime', '按时回应率', BULLETIN_RULES.onTime, rates.onTime),
      share('targetMet', '3小时达标率', BULLETIN_RULES.targetMet, rates.targetMet),
      share('conferenceOnTime', '发布会按时率', BULLETIN_RULES.conferenceOnTime, rates.conferenceOnTime),
      spans('firstResponse', '首次回应时长', BULLETIN_RULES.firstResponseMs, outcomes.firstResponse),
      spans('legalTime', '首次回应时长（法定口径）', '首次权威发布 − 事件发生；发生时间不详的不计', outcomes.legalTime),
      spans('assessmentTime', '首次回应时长（考核口径）', '首次权威发布 − 发现', outcomes.assessmentTime),
      share('signedInTime', '签收及时率', BULLETIN_RULES.signedInTime, ratio(counts.signInTime, counts.signDue)),
      share(
        'feedbackInTime',
        '反馈及时率',
        BULLETIN_RULES.feedbackInTime,
        ratio(counts.feedbackInTime, counts.feedbackDue),
      ),
      share('returned', '退单率', BULLETIN_RULES.returned, conduct.returned),
      share('returnsUpheld', '退回采纳率', BULLETIN_RULES.returnsUpheld, conduct.returnsUpheld),
      share(
        'intervalsKept',
        '持续发布达标率',
        '按间隔发布 ÷（期内到期的持续发布间隔，已发布或已逾期）',
        conduct.intervalsKept,
      ),
      share('corrected', '更正率', '更正的发布 ÷ 期内发布', conduct.corrected),
      spans('correction', '更正时长', '更正发布 − 原发布', conduct.correctionMs),
      share('reopened', '重复舆情率', '30 日内重新立案 ÷ 期内办结', conduct.reopened),
      share(
        'missed',
        '漏报率',
        '他方已知而本系统未先发现 ÷ 期内登记的他方已知事件；仅凭本系统数据无法得出，依登记而计',
        conduct.missed,
      ),
      spans('clarification', '辟谣时长', '澄清发布 − 首次发现', conduct.clarificationMs),
      share('hotlineHandled', '热线办结率', HOTLINE_RULES.handled, hotline.handled),
      share('hotlineClosedInTime', '热线按时办结率', HOTLINE_RULES.closedInTime, hotline.closedInTime),
      share('hotlineSatisfied', '热线满意率', HOTLINE_RULES.satisfied, hotline.satisfied),
      share('hotlineSolved', '热线解决率', HOTLINE_RULES.solved, hotline.solved),
    ];
  }
}

const share = (key: string, label: string, rule: string, value: Ratio): Indicator => ({
  key,
  label,
  rule,
  ratio: value,
  durationsMs: null,
});
const spans = (key: string, label: string, rule: string, value: DurationSummary): Indicator => ({
  key,
  label,
  rule,
  ratio: null,
  durationsMs: value,
});
