import type { AssessedValue } from '../third-party.service.js';
import { instant, type ReportCell, type ReportTable, text, word } from './report-table.js';

const number = (value: string): ReportCell => ({ text: value, kind: 'number', value: Number(value) });

/** Each value of a third party with its counts, and the row of the file in which it stands. */
export function thirdPartyTables(values: readonly AssessedValue[]): ReportTable[] {
  return [
    {
      key: 'thirdParty',
      title: '第三方评估',
      columns: [
        { key: 'period', label: '期间' },
        { key: 'evaluator', label: '评估机构', width: 28 },
        { key: 'body', label: '对象', width: 28 },
        { key: 'indicator', label: '指标', width: 28 },
        { key: 'numerator', label: '分子', numeric: true },
        { key: 'denominator', label: '分母', numeric: true },
        { key: 'result', label: '结果', numeric: true },
        { key: 'weight', label: '权重（%）', numeric: true },
        { key: 'note', label: '说明', width: 40 },
        { key: 'row', label: '原表行', width: 14 },
        { key: 'importedAt', label: '登记时间', width: 20 },
      ],
      rows: values.map((value) => [
        text(value.period),
        text(value.evaluator),
        word('body', value.bodyId, value.bodyName),
        text(value.indicator),
        number(value.numerator),
        number(value.denominator),
        text(`${value.result}%`),
        value.weight === null ? text(null) : number(value.weight),
        text(value.note),
        text(value.sheet === '' ? String(value.row) : `${value.sheet}!${value.row}`),
        instant(value.importedAt),
      ]),
    },
  ];
}
