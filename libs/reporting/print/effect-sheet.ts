import { GRADE_LABELS, labelOf, officeTime } from '../labels.js';
import { html } from './markup.js';
import type { SheetFrame } from './order-sheet.js';
import { formRows, gridTable } from './grid.js';
import { page } from './page.js';

/** An evaluation as its sheet prints it. */
export interface EffectSheetFacts {
  incident: { number: string; title: string; grade: string };
  evaluation: {
    ruleVersion: string;
    evaluatedAt: Date;
    evaluatedByName: string;
    result: {
      score: number;
      lines: { part: string; item: string; points: number; maximum: number; facts: Record<string, unknown> }[];
      statements: {
        publishedAt: Date | string;
        itemsBefore: number;
        itemsAfter: number;
        halfLifeBeforeHours: number | null;
        halfLifeAfterHours: number | null;
        doubtBefore: number | null;
        doubtAfter: number | null;
      }[];
      proposedGrounds: { ground: string; signs: string[] }[];
    };
    grounds: { ground: string; decision: string; reason: string; by: string; at: string }[];
    objection: {
      text: string;
      by: string;
      at: string;
      answer?: { result: string; reason: string; by: string } | undefined;
    } | null;
  };
}

const PARTS: Readonly<Record<string, string>> = {
  time: '时效',
  content: '内容',
  procedure: '程序',
  effect: '效果',
  feedback: '反馈整改',
};
const ITEMS: Readonly<Record<string, string>> = {
  firstRelease: '首次发布',
  cause: '讲清成因',
  solution: '讲清解决方案',
  constraints: '讲清制约因素',
  claims: '回应公众关切',
  review: '三道审核由三人完成',
  firstReport: '第一时间报告',
  wording: '口径一致',
  topLeader: '主要负责人发声',
  volume: '信息量回落',
  doubt: '质疑比例下降',
  noSecondWave: '无次生舆情',
  verification: '核实反馈',
  handling: '处置反馈',
  rectified: '整改完成',
};
const STATES: Readonly<Record<string, string>> = {
  filled: '已讲清',
  notApplicable: '不适用（有理由）',
  missing: '缺失',
  complete: '齐全',
  incomplete: '不齐全',
  onTime: '按时',
  late: '逾期',
  none: '无',
  notAsked: '不要求',
  alike: '一致',
  differs: '不一致',
  spoke: '已发声',
  open: '未完成',
  wave: '有',
  unanswered: '未发布',
  done: '已完成',
};
const SIGNS: Readonly<Record<string, string>> = {
  firstReportLate: '第一时间报告逾期或未报',
  elementMissing: '回应要素缺失',
  corrected: '发布后更正',
  figuresDiffer: '文稿数字不一致',
  publicLimitMissed: '对外时限逾期',
  handlingLate: '处置反馈逾期',
  secondWave: '出现次生舆情',
};
const DECISIONS: Readonly<Record<string, string>> = { upheld: '认定', dismissed: '不予认定' };

const hours = (value: unknown): string => (typeof value === 'number' ? `${value} 小时` : '—');
const percent = (value: number | null): string => (value === null ? '—' : `${Math.round(value * 1000) / 10}%`);

/** `effect-2` is the second edition of the rules; a version without a number is named as it stands. */
const editionOf = (version: string): string => {
  const edition = /-(\d+)$/.exec(version)?.[1];
  return edition === undefined ? ` ${version}` : `第 ${edition} 版`;
};

/** What a line was judged by, in words. */
function judgedBy(item: string, facts: Record<string, unknown>): string {
  if (item === 'firstRelease') return facts['hours'] === null ? '未发布' : hours(facts['hours']);
  if (item === 'claims') return `${String(facts['answered'])}/${String(facts['total'])} 条`;
  if (item === 'volume') return `峰值 ${String(facts['peak'])} 条/小时，末次发布后 ${String(facts['lastDay'])} 条/小时`;
  if (item === 'doubt')
    return `${percent(facts['before'] as number | null)} → ${percent(facts['after'] as number | null)}`;
  return labelOf(STATES, String(facts['state']));
}

/** 舆情应对效果评估表 (YW18 二(四), domain 7.9). */
export function printEffectSheet({ incident, evaluation }: EffectSheetFacts, { office, asOf, by }: SheetFrame): string {
  const { result, grounds, objection } = evaluation;
  return page(
    {
      issuer: office,
      title: '政务舆情应对效果评估表',
      serial: `案号 ${incident.number}`,
      remarks: [`评估时间 ${officeTime(evaluation.evaluatedAt)}`, `评估规则${editionOf(evaluation.ruleVersion)}`],
    },
    html`${formRows([
        ['舆情标题', html`<strong>${incident.title}</strong>`, 'wide'],
        ['等级', labelOf(GRADE_LABELS, incident.grade)],
        ['得分', html`<strong>${result.score}</strong> / 100`],
      ])}
      <h2>一、得分明细</h2>
      ${gridTable(
        ['项目', '内容', '依据的事实', '得分', '满分'],
        result.lines.map((line) => [
          labelOf(PARTS, line.part),
          labelOf(ITEMS, line.item),
          judgedBy(line.item, line.facts),
          line.points,
          line.maximum,
        ]),
        { numeric: [3, 4], widths: [12, 22, 36, 8, 8] },
      )}
      <h2>二、每次发布前后</h2>
      ${
        result.statements.length === 0
          ? html`<p>没有经核验的发布。</p>`
          : gridTable(
              ['发布时间', '前 48 小时', '后 48 小时', '半数时长（前）', '半数时长（后）', '质疑比例（前→后）'],
              result.statements.map((statement) => [
                officeTime(new Date(statement.publishedAt)),
                `${statement.itemsBefore} 条`,
                `${statement.itemsAfter} 条`,
                hours(statement.halfLifeBeforeHours),
                hours(statement.halfLifeAfterHours),
                `${percent(statement.doubtBefore)} → ${percent(statement.doubtAfter)}`,
              ]),
            )
      }
      <h2>三、问责情形（系统只作提示，由有权机关决定）</h2>
      ${
        result.proposedGrounds.length === 0
          ? html`<p>事实未提示问责情形。</p>`
          : gridTable(
              ['情形', '提示的事实', '决定', '理由', '决定人'],
              result.proposedGrounds.map(({ ground, signs }) => {
                const decided = grounds.find((decision) => decision.ground === ground);
                return [
                  ground,
                  signs.map((sign) => labelOf(SIGNS, sign)).join('、'),
                  decided === undefined ? '待决定' : labelOf(DECISIONS, decided.decision),
                  decided?.reason ?? '',
                  decided?.by ?? '',
                ];
              }),
            )
      }
      <h2>四、单位异议（限一次）</h2>
      ${
        objection === null
          ? html`<p>未提出。</p>`
          : formRows([
              ['异议', objection.text, 'wide'],
              ['提出人', objection.by],
              ['时间', officeTime(new Date(objection.at))],
              [
                '答复',
                objection.answer === undefined
                  ? '待答复'
                  : `${labelOf({ upheld: '采纳', dismissed: '不采纳' }, objection.answer.result)}：${objection.answer.reason}`,
                'wide',
              ],
            ])
      }`,
    {
      compact: true,
      seal: { office, date: officeTime(evaluation.evaluatedAt).slice(0, 10) },
      notes: [
        `评估 ${evaluation.evaluatedByName}；打印 ${officeTime(asOf, true)}，${by}。`,
        '半数时长：发布前（倒数）或发布后 48 小时内，半数信息出现所经过的时间。满分即权重；得分可由存储的事实重新算出。',
      ],
    },
  );
}
