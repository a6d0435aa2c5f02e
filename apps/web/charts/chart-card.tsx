import { DownloadOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ReportTableView, rowsAddress } from '../reports/report-table';
import { type Table, useReportWords } from '../reports/use-words';
import { useAppearance } from '../theme/appearance';
import { Chart } from './chart';
import { barsOf, type ChartLook, linesOf, SERIES } from './chart-options';
import { Tiles } from './tiles';

const LINES = new Set(['trend', 'onTime', 'reopened']);
const LOOKS: Readonly<Record<'light' | 'dark', ChartLook>> = {
  light: { text: '#1f2328', line: '#8a929b', ground: '#ffffff', series: SERIES.light },
  dark: { text: '#e6e8ea', line: '#6b747d', ground: '#22262b', series: SERIES.dark },
};

/** One chart and its table: the same numbers, each opening its rows. */
export function ChartCard({ table }: { table: Table }) {
  const { t, i18n } = useTranslation();
  const { mode } = useAppearance();
  const navigate = useNavigate();
  const words = useReportWords();
  const [shown, setShown] = useState<'picture' | 'table'>('picture');
  const title = words.tableOf(table);
  const across = table.key === 'category';
  const options = useMemo(
    () => (LINES.has(table.key) ? linesOf(table, LOOKS[mode], words) : barsOf(table, LOOKS[mode], words, across)),
    // The words change with the language alone.
    [table, mode, i18n.language],
  );
  const open = (point: number, series: number) => {
    const row = table.rows[across ? table.rows.length - 1 - point : point];
    const cell = row?.[series + 1];
    const question = cell?.kind === 'rate' ? cell.base : cell?.rows;
    if (question !== undefined) void navigate(rowsAddress(question));
  };
  return (
    <Card
      size="small"
      title={title}
      extra={
        <Flex gap={8} align="center">
          <Segmented<'picture' | 'table'>
            size="small"
            value={shown}
            onChange={setShown}
            options={(['picture', 'table'] as const).map((value) => ({ value, label: t(`reports.chart.${value}`) }))}
          />
          <Button
            size="small"
            icon={<DownloadOutlined />}
            aria-label={`${t('reports.export.csv')} ${title}`}
            href={csvAddress(table, words)}
            download={`${title}.csv`}
          />
        </Flex>
      }
    >
      {shown === 'table' && <ReportTableView table={table} titled={false} />}
      {shown === 'picture' &&
        (table.key === 'county' ? (
          <Tiles table={table} />
        ) : isEmpty(table) ? (
          <p className="muted">{t('reports.empty')}</p>
        ) : (
          <Chart options={options} label={title} onPick={open} />
        ))}
    </Card>
  );
}

/** Nothing was counted: axes without a mark would say less than a word. */
const isEmpty = ({ rows }: Table): boolean =>
  rows.every((row) =>
    row.slice(1).every((cell) => (cell.kind === 'rate' ? cell.d : cell.value) === 0 || cell.value === null),
  );

/** The numbers on the screen as a file; a text that a spreadsheet would run is made plain. */
function csvAddress(table: Table, { columnOf, cellOf }: ReturnType<typeof useReportWords>): string {
  const plain = (text: string) =>
    `"${(/^\s*[=+\-@＝＋－＠]|^[\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const rate = table.rows.some((row) => row[1]?.kind === 'rate');
  const lines = [
    table.columns.map(columnOf).concat(rate ? ['n', 'd'] : []),
    ...table.rows.map((row) => row.map(cellOf).concat(rate ? [String(row[1]?.n ?? ''), String(row[1]?.d ?? '')] : [])),
  ];
  const text = `\uFEFF${lines.map((line) => line.map(plain).join(',')).join('\r\n')}\r\n`;
  return `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
}
