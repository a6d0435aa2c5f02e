import { FLAG_LABELS, labelOf, officeTime, spanText } from './labels.js';

/** A clock with the arithmetic of its due time, as the clocks' own view gives it. */
export interface ClockOnPaper {
  incidentNumber: string;
  incidentTitle: string;
  label: string;
  force: string;
  state: string;
  stateReason: string | null;
  startedAt: Date;
  dueAt: Date;
  stateAt: Date | null;
  provisional: boolean;
  drill: boolean;
  policyPack: string;
  policyVersion: string;
  computation: Record<string, unknown>;
}

const STAMPS: Readonly<Record<string, string>> = {
  eventOccurredAt: '事件发生',
  firstPublicAt: '首次公开',
  detectedAt: '发现',
  dispatchedAt: '交办',
  upgrade: '升级',
  firstRelease: '首次发布',
};
/** Who says when it was. */
const SOURCES: Readonly<Record<string, string>> = {
  delivery: '送达记录',
  item: '信息记录',
  user: '人工填写',
  manual: '人工填写',
  official: '官方通报',
  ledger: '办理记录',
  evidence: '发布证明',
};
const UNITS: Readonly<Record<string, string>> = {
  minute: '分钟',
  hour: '小时',
  day: '日',
  workday: '个工作日',
  workminute: '工作分钟',
  month: '个月',
  quarter: '个季度',
  year: '年',
};

/** The steps of the arithmetic in words, each with its name and its content. */
export function clockLines({ computation: { steps } }: ClockOnPaper): ClockLine[] {
  return Array.isArray(steps)
    ? steps.filter(isRecord).map((step) => ({ due: step['step'] === 'due', words: lineOf(step) }))
    : [];
}
export interface ClockLine {
  /** It says when the clock runs out. */
  due: boolean;
  words: [string, string];
}

/** The document and article that the limit comes from; empty when none is recorded. */
export function basisOf({ computation: { steps } }: ClockOnPaper): string {
  const rule = Array.isArray(steps) ? steps.filter(isRecord).find(({ step }) => step === 'rule') : undefined;
  return [rule?.['document'], rule?.['article']].filter((part) => typeof part === 'string').join(' ');
}

/** One of the two ways to count (domain 3.3): from where, and how long it took until the clock was stopped. */
export function sinceOf(seconds: unknown, from: unknown, name: string): string {
  if (typeof from !== 'number') return '—';
  const start = `自${name} ${instantOf(from)}`;
  if (typeof seconds !== 'number') return start;
  const minutes = Math.floor(seconds / 60);
  return `${start}，用时 ${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分 ${Math.floor(seconds % 60)} 秒`;
}

/** One step in words. What this does not know is printed as it stands, never left out. */
function lineOf(step: Record<string, unknown>): [string, string] {
  const text = (key: string): string => (step[key] === null || step[key] === undefined ? '' : String(step[key]));
  switch (step['step']) {
    case 'start':
      return ['起算时刻', `${labelOf(STAMPS, text('stamp'))} ${instantOf(step['at'])}${sourceOf(step)}`];
    case 'coMargin':
      return [
        '协办提前量',
        `牵头时限 ${instantOf(step['leadDueAt'])} 提前 ${Number(step['marginFraction']) * 100}%（${text('document')} ${text('article')}）`,
      ];
    case 'notBeforeGrade':
      return ['不早于定级', instantOf(step['at'])];
    case 'rule':
      return [
        '适用规则',
        `${text('label')}（${amountOf(step)}）；${text('document')} ${text('article')} （${labelOf(FLAG_LABELS, text('flag'))}）`,
      ];
    case 'counted':
      return ['逐段计算', `${pointOf(step['from'])} → ${pointOf(step['to'])}，计 ${amountOf(step)}`];
    case 'rolled':
      return ['顺延', `${pointOf(step['from'])} → ${pointOf(step['to'])}`];
    case 'instructed':
      return ['领导批示期限', instantOf(step['at'])];
    case 'extended':
      return [
        '延期',
        `${instantOf(step['at'])}，${isRecord(step['by']) ? amountOf(step['by']) : ''}；${text('ground')}；批准 ${text('approvedBy')}`,
      ];
    case 'paused':
      return ['暂停', `${instantOf(step['from'])} — ${instantOf(step['to'])}`];
    case 'corrected':
      return ['更正时刻', `${labelOf(STAMPS, text('stamp'))} ${instantOf(step['at'])}${sourceOf(step)}`];
    case 'breachStands':
      return ['超时事实不变', `按更正后的起算应为 ${instantOf(step['dueWouldBe'])}`];
    case 'due':
      return ['截止时刻', instantOf(step['at'])];
    default:
      return [text('step'), JSON.stringify(step)];
  }
}

const sourceOf = ({ source }: Record<string, unknown>): string =>
  typeof source === 'string' && source !== '' ? `（来源：${labelOf(SOURCES, source.replace(/:.*/s, ''))}）` : '';

const amountOf = (step: Record<string, unknown>): string => {
  const { amount, unit } = step;
  if (typeof amount === 'number' && unit === 'millisecond') return spanText(amount);
  return typeof amount === 'number' ? `${amount} ${labelOf(UNITS, String(unit))}` : '固定日期';
};
const instantOf = (value: unknown): string => (typeof value === 'number' ? officeTime(new Date(value), true) : '—');
/** A day or an instant, as the arithmetic wrote it. */
const pointOf = (value: unknown): string =>
  typeof value === 'number'
    ? instantOf(value)
    : typeof value === 'string' && value.includes('T') && !Number.isNaN(Date.parse(value))
      ? officeTime(new Date(value), true)
      : String(value ?? '—');
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
