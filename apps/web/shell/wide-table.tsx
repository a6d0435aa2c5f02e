import { Table, type TableProps } from 'antd';

interface WideTableProps<Row> extends Omit<TableProps<Row>, 'scroll'> {
  /** What the table is, for a reader who can't see it. */
  label: string;
}

/** A table that may be wider than the screen and has nothing in it to stop at: the keyboard reaches the frame and moves it. */
export function WideTable<Row extends object>({ label, ...table }: WideTableProps<Row>) {
  return (
    <div className="wide-table" role="region" aria-label={label} tabIndex={0}>
      <Table<Row> {...table} />
    </div>
  );
}
