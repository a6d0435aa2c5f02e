import { Table, type TableColumnType, type TableProps } from 'antd';
import { useIsPhone } from './use-is-phone';

/** A table that nobody has to push sideways: on a phone each row becomes a card, its cells below each other with the column's name. */
export function DataTable<Row extends object>(table: TableProps<Row>) {
  const phone = useIsPhone();
  // While the rows are on their way, nothing may say that there are none.
  const locale = table.loading === true ? { ...table.locale, emptyText: ' ' } : table.locale;
  const shown = locale === undefined ? table : { ...table, locale };
  if (!phone) return <Table<Row> {...shown} />;
  const { scroll: _wide, ...cards } = shown;
  return <Table<Row> {...cards} className="cards" columns={(table.columns ?? []).map(named)} />;
}

/** The column with its name in every cell, and without what only the breadth of a desk needs. */
function named<Row extends object>(column: TableColumnType<Row> & { children?: unknown }): TableColumnType<Row> {
  const { fixed: _fixed, align: _align, responsive: _responsive, onCell, ...kept } = column;
  if (typeof column.title !== 'string') return { ...kept, ...(onCell === undefined ? {} : { onCell }) };
  const name = column.title;
  return { ...kept, onCell: (row, index) => ({ ...onCell?.(row, index), 'data-name': name }) };
}
