import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DataTable } from '../shell/data-table';
import { type Cell, type Table, useReportWords } from './use-words';

/** The page that lists what a number counts. */
export const rowsAddress = (question: string): string => `/reports/rows?${question}`;

/** One value; a number opens its rows, a rate both of its counts, a title its incident. */
export function ReportValue({ cell, name }: { cell: Cell; name: string }) {
  const { t } = useTranslation();
  const { cellOf } = useReportWords();
  const shown = cellOf(cell);
  const link = (question: string | undefined, text: string | number) =>
    question === undefined || text === 0 || text === '0' ? (
      <>{text}</>
    ) : (
      <Link to={rowsAddress(question)} aria-label={t('reports.openRows', { figure: name, n: text })}>
        {text}
      </Link>
    );
  if (cell.kind === 'rate')
    return (
      <span className="digits">
        {shown}
        <br />
        <Typography.Text type="secondary" className="report-fraction">
          {link(cell.rows, cell.n ?? 0)}/{link(cell.base, cell.d ?? 0)}
        </Typography.Text>
      </span>
    );
  if (cell.incidentId !== undefined) return <Link to={`/incidents/${cell.incidentId}`}>{shown}</Link>;
  if (/^https?:\/\//.test(cell.text))
    return (
      <a href={cell.text} rel="noreferrer noopener" target="_blank">
        {cell.text}
      </a>
    );
  if (cell.rows !== undefined && shown !== '—') return <span className="digits">{link(cell.rows, shown)}</span>;
  return <span className={cell.kind === 'text' || cell.kind === 'word' ? 'report-text' : 'digits'}>{shown}</span>;
}

/** A table of a report under its title. */
export function ReportTableView({ table, titled = true }: { table: Table; titled?: boolean }) {
  const { t } = useTranslation();
  const { columnOf, tableOf } = useReportWords();
  const wide = table.columns.length > 4;
  return (
    <section className="report-part">
      {titled && <h2 className="part">{tableOf(table)}</h2>}
      <DataTable
        size="small"
        bordered
        pagination={table.rows.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
        scroll={wide ? { x: 'max-content' } : {}}
        locale={{ emptyText: t('reports.empty') }}
        dataSource={table.rows.map((cells, index) => ({ key: index, cells }))}
        columns={table.columns.map((column, index) => ({
          key: column.key,
          title: columnOf(column),
          align: column.numeric === true ? ('right' as const) : ('left' as const),
          ...(index === 0 && wide ? { fixed: 'left' as const } : {}),
          render: (_: unknown, row: { cells: Cell[] }) => {
            const cell = row.cells[index];
            return cell === undefined ? null : <ReportValue cell={cell} name={columnOf(column)} />;
          },
        }))}
      />
    </section>
  );
}
