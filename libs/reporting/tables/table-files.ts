import writeXlsxFile from 'write-excel-file/node';
import { sha256 } from '#kernel/hash.js';
import { officeTime } from '../labels.js';
import { BYTE_ORDER_MARK, type Cell, csvLine, plainCell } from '../rules/table-cells.js';
import type { ReportCell, ReportColumn, ReportDocument, ReportTable } from './report-table.js';

/** First cell of the last line of a CSV export; the second is the SHA-256 of all bytes before that line. */
export const HASH_LINE_LABEL = '校验（SHA-256，本行以前全部字节）';

/** A rate is three columns in a file: what divides, what is divided, and the percentage. */
const isRate = (table: ReportTable, index: number): boolean => table.rows.some((row) => row[index]?.kind === 'rate');

const headsOf = (table: ReportTable): { label: string; width: number }[] =>
  table.columns.flatMap(({ label, width = 12 }: ReportColumn, index) =>
    isRate(table, index)
      ? [
          { label: `${label}（%）`, width: 12 },
          { label: `${label} 分子`, width: 10 },
          { label: `${label} 分母`, width: 10 },
        ]
      : [{ label, width }],
  );

const cellsOf = (table: ReportTable, row: readonly ReportCell[]): Cell[] =>
  row.flatMap((cell, index) =>
    isRate(table, index)
      ? [cell.kind === 'rate' ? String(cell.value) : cell.text, cell.n ?? null, cell.d ?? null]
      : [cell.kind === 'number' ? (cell.value as number) : cell.text],
  );

/** What stands below the tables: time of the data, period, notes and the rule of every rate. */
const footOf = ({ period, asOf, notes, rules }: ReportDocument): string[] => [
  `数据时间 ${officeTime(asOf, true)}${period === null ? '' : `；期间 ${period.name}`}`,
  ...notes,
  ...rules.map(({ label, rule }) => `${label}：${rule}`),
];

/** One file: each table under its title, then the notes, then the hash of what stands before. Formula-like cells are made plain. */
export function documentCsv(document: ReportDocument): string {
  const lines = [csvLine([document.title])];
  for (const table of document.tables) {
    lines.push(csvLine([]), csvLine([table.title]), csvLine(headsOf(table).map(({ label }) => label)));
    lines.push(...table.rows.map((row) => csvLine(cellsOf(table, row))));
  }
  lines.push(csvLine([]), ...footOf(document).map((note) => csvLine([note])));
  const body = BYTE_ORDER_MARK + lines.join('');
  return body + csvLine([HASH_LINE_LABEL, sha256(body)]);
}

/** One sheet a table, and one with the notes. */
export async function documentXlsx(document: ReportDocument): Promise<{ content: Buffer; sha256: string }> {
  const value = (cell: Cell) => ({ value: typeof cell === 'number' ? cell : plainCell(cell) });
  const sheets = document.tables.map((table) => ({
    sheet: sheetName(table.title),
    columns: headsOf(table).map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    data: [
      headsOf(table).map(({ label }) => ({ value: plainCell(label), fontWeight: 'bold' as const, backgroundColor: '#F2F2F2', wrap: true })), // prettier-ignore
      ...table.rows.map((row) => cellsOf(table, row).map(value)),
    ],
  }));
  const foot = { sheet: '说明', columns: [{ width: 100 }], data: [document.title, ...footOf(document)].map((note) => [value(note)]) }; // prettier-ignore
  const content = await writeXlsxFile([...sheets, foot]).toBuffer();
  return { content, sha256: sha256(content) };
}

/** Signs that a sheet's name may not bear fall away; at most 31 characters. */
const sheetName = (title: string): string => title.replace(/[\\/?*[\]:]/g, '').slice(0, 31);
