/** One row of a table as text; numbers written in full, dates as `YYYY-MM-DD HH:mm:ss` in civil time. `row` counts from 1 as the sheet shows it. */
export interface ImportRow {
  sheet: string;
  row: number;
  cells: string[];
}
