import {
  BASIS_LABELS,
  CATEGORY_LABELS,
  GRADE_LABELS,
  INCIDENT_STATE_LABELS,
  labelOf,
  officeTime,
  ROLE_LABELS,
  spanText,
} from './labels.js';
import type { LedgerReportRow } from './ledger-report.views.js';
import type { Cell } from './rules/table-cells.js';

/** A column of the exported ledger: its head, its width in characters, and its cell. */
export interface LedgerColumn {
  label: string;
  width: number;
  cell(row: LedgerReportRow, ordinal: number): Cell;
}

const time = (text: string | null): string => {
  const instant = text === null ? NaN : Date.parse(text);
  return Number.isNaN(instant) ? (text ?? '') : officeTime(new Date(instant));
};

const by = (person: string | null, at: string | null): string =>
  [person ?? '', time(at)].filter((part) => part !== '').join(' ');

/** The columns of domain 7.6, in its order. */
export const LEDGER_COLUMNS: readonly LedgerColumn[] = [
  { label: '序号', width: 6, cell: (_row, ordinal) => ordinal },
  { label: '案号', width: 20, cell: (row) => row.number },
  { label: '标题', width: 40, cell: (row) => row.title },
  { label: '来源', width: 24, cell: (row) => row.sources },
  { label: '首发时间', width: 17, cell: (row) => officeTime(row.firstPublicAt) },
  { label: '发现时间', width: 17, cell: (row) => officeTime(row.detectedAt) },
  { label: '类别', width: 16, cell: (row) => labelOf(CATEGORY_LABELS, row.category) },
  {
    label: '事件等级',
    width: 18,
    cell: (row) => `${labelOf(GRADE_LABELS, row.grade)} ${labelOf(BASIS_LABELS, row.gradeBasis)}`,
  },
  { label: '热度等级', width: 9, cell: (row) => row.heatLevel },
  { label: '处置类型', width: 12, cell: (row) => row.disposition.join('、') },
  { label: '属地', width: 10, cell: (row) => row.jurisdiction },
  { label: '办理角色', width: 9, cell: (row) => labelOf(ROLE_LABELS, row.role) },
  { label: '承办单位', width: 26, cell: (row) => row.bodyName ?? row.bodyId },
  { label: '责任人', width: 12, cell: (row) => row.responsible },
  { label: '交办', width: 17, cell: (row) => officeTime(row.dispatchedAt) },
  { label: '签收', width: 17, cell: (row) => officeTime(row.acknowledgedAt) },
  { label: '核实反馈', width: 17, cell: (row) => officeTime(row.verifiedAt) },
  { label: '首报', width: 17, cell: (row) => officeTime(row.firstReportAt) },
  { label: '首发权威信息', width: 17, cell: (row) => officeTime(row.releasedAt) },
  { label: '新闻发布会', width: 17, cell: (row) => officeTime(row.conferenceAt) },
  { label: '公开回应', width: 17, cell: (row) => officeTime(row.respondedAt) },
  { label: '处置反馈', width: 17, cell: (row) => officeTime(row.reportedAt) },
  { label: '各时限', width: 50, cell: (row) => row.limits },
  { label: '是否超时', width: 9, cell: (row) => (row.overdueCount > 0 ? '是' : '否') },
  { label: '超时时长', width: 16, cell: (row) => (row.lateMs > 0 ? spanText(wholeMinutes(row.lateMs)) : '') },
  { label: '超时原因', width: 24, cell: (row) => row.lateReasons },
  { label: '回应链接', width: 40, cell: (row) => row.links },
  { label: '整改措施', width: 30, cell: (row) => row.measures },
  { label: '整改标准', width: 24, cell: (row) => row.standard },
  { label: '整改完成', width: 26, cell: (row) => by(row.rectifiedBy, row.rectifiedAt) },
  { label: '验收', width: 26, cell: (row) => by(row.acceptedBy, row.acceptedAt) },
  { label: '销号', width: 26, cell: (row) => by(row.struckOffBy, row.struckOffAt) },
  { label: '催办次数', width: 9, cell: (row) => row.reminders },
  { label: '督办次数', width: 9, cell: (row) => row.supervisions },
  { label: '问责移送', width: 9, cell: (row) => row.referrals },
  {
    label: '备注',
    width: 24,
    cell: (row) =>
      [labelOf(INCIDENT_STATE_LABELS, row.state), row.overdueAtUpgrade ? '升级时已超时（单列）' : '']
        .filter((part) => part !== '')
        .join('；'),
  },
];

/** A span that is over in whole minutes, so that an open one reads like a printed one. */
const wholeMinutes = (milliseconds: number): number => Math.ceil(milliseconds / 60_000) * 60_000;
