import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import writeXlsxFile from 'write-excel-file/node';
import { DomainError } from '#kernel/error.js';
import { sha256 } from '#kernel/hash.js';
import { Database, type Transaction } from '#platform/database/database.js';
import type { Scope } from '#platform/database/scope.js';
import { officeTime } from './labels.js';
import { LEDGER_COLUMNS } from './ledger-columns.js';
import { type LedgerPosition, LedgerReportViews, type LedgerReportRow, positionOf } from './ledger-report.views.js';
import type { Period } from './rules/period.js';
import { BYTE_ORDER_MARK, csvLine, plainCell } from './rules/table-cells.js';
import { type ReportCell, type ReportDocument, text } from './tables/report-table.js';
import { HASH_LINE_LABEL } from './tables/table-files.js';

/** Rows that one transaction reads. */
const PAGE_ROWS = 500;
/** A workbook is built in memory; what is longer is asked for as CSV, which is streamed. */
export const MAX_XLSX_ROWS = 20_000;

/** Rows of the ledger on paper. */
const MAX_PRINTED_ROWS = 1_000;
const ON_PAPER: ReadonlySet<string> = new Set(['序号', '案号', '标题', '发现时间', '类别', '事件等级', '承办单位', '责任人', '交办', '签收', '首发权威信息', '公开回应', '是否超时', '超时时长', '催办次数', '督办次数', '销号', '备注']); // prettier-ignore
/** Shares of the width of a page, in which an instant stands in two lines; a column without one has 10. */
const PAPER_WIDTHS: Readonly<Record<string, number>> = { 序号: 5, 案号: 11, 标题: 15, 类别: 9, 事件等级: 9, 承办单位: 12, 责任人: 7, 超时时长: 8, 是否超时: 5, 催办次数: 5, 督办次数: 5, 销号: 11, 备注: 9 }; // prettier-ignore
const COUNTED: ReadonlySet<string> = new Set(['序号', '催办次数', '督办次数']);

/** The ledger as a file. */
@Injectable()
export class LedgerExportService {
  constructor(
    private readonly database: Database,
    private readonly views: LedgerReportViews,
  ) {}

  /**
   * Lines of the CSV export, with a byte-order mark, formula-like cells made plain, and the hash in the last line. Pages
   * are read one after the other, each in its own short transaction, so that a slow reader holds none open: a row shows
   * its state when its page was read.
   */
  async *csv(scope: Scope, period: Period): AsyncGenerator<string> {
    const hash = createHash('sha256');
    const hashed = (text: string): string => {
      hash.update(text);
      return text;
    };
    yield hashed(BYTE_ORDER_MARK + csvLine(LEDGER_COLUMNS.map((column) => column.label)));
    let ordinal = 0;
    for await (const rows of this.pages(scope, period)) {
      const lines = rows.map((row, index) =>
        csvLine(LEDGER_COLUMNS.map((column) => column.cell(row, ordinal + index + 1))),
      );
      ordinal += rows.length;
      yield hashed(lines.join(''));
    }
    yield csvLine([HASH_LINE_LABEL, hash.digest('hex')]);
  }

  /** The workbook and its hash; `EXPORT_TOO_LARGE` (422) beyond `MAX_XLSX_ROWS` rows. */
  async xlsx(scope: Scope, period: Period): Promise<{ content: Buffer; sha256: string; rows: number }> {
    const now = await this.database.inScope(scope, (tx: Transaction) => tx.now());
    const head = LEDGER_COLUMNS.map((column) => ({
      value: column.label,
      fontWeight: 'bold' as const,
      backgroundColor: '#F2F2F2',
      wrap: true,
    }));
    const body: { value: string | number }[][] = [];
    for await (const rows of this.pages(scope, period)) {
      for (const row of rows)
        body.push(
          LEDGER_COLUMNS.map((column) => {
            const cell = column.cell(row, body.length + 1);
            return { value: typeof cell === 'number' ? cell : plainCell(cell) };
          }),
        );
      if (body.length > MAX_XLSX_ROWS)
        throw new DomainError(
          'EXPORT_TOO_LARGE',
          422,
          'too many rows for a workbook; ask for CSV or a shorter period',
          {
            maxRows: MAX_XLSX_ROWS,
          },
        );
    }
    const foot = [
      { value: `数据时间 ${officeTime(now, true)}；期间 ${period.name}（按发现时间）；共 ${body.length} 行；演练不计` },
    ];
    const content = await writeXlsxFile([head, ...body, foot], {
      sheet: '台账',
      columns: LEDGER_COLUMNS.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
    }).toBuffer();
    return { content, sha256: sha256(content), rows: body.length };
  }

  /** The columns that a page of A4 across has room for, of at most `MAX_PRINTED_ROWS` rows. */
  async document(scope: Scope, period: Period, asOf: Date): Promise<ReportDocument> {
    const columns = LEDGER_COLUMNS.filter(({ label }) => ON_PAPER.has(label));
    const rows: ReportCell[][] = [];
    for await (const page of this.pages(scope, period)) {
      for (const row of page) rows.push(columns.map((column) => text(String(column.cell(row, rows.length + 1) ?? ''))));
      if (rows.length >= MAX_PRINTED_ROWS) break;
    }
    const cut = rows.length >= MAX_PRINTED_ROWS ? [`只印前 ${MAX_PRINTED_ROWS} 行，全部见导出文件`] : [];
    const notes = ['演练不计入', '按发现时间归期；一行为一起事件与一个承办单位；全部栏目见导出文件', ...cut];
    const heads = columns.map(({ label }) => ({
      key: label,
      label,
      width: PAPER_WIDTHS[label] ?? 10,
      numeric: COUNTED.has(label),
    }));
    const table = { key: 'ledger', title: '台账', columns: heads, rows: rows.slice(0, MAX_PRINTED_ROWS) };
    return { key: 'ledger', title: '舆情台账', period, asOf, notes, rules: [], tables: [table] };
  }

  private async *pages(scope: Scope, period: Period): AsyncGenerator<LedgerReportRow[]> {
    for (let after: LedgerPosition | undefined; ;) {
      const rows: LedgerReportRow[] = await this.database.inScope(scope, (tx) =>
        this.views.page(tx, { period, limit: PAGE_ROWS, ...(after === undefined ? {} : { after }) }),
      );
      if (rows.length > 0) yield rows;
      if (rows.length < PAGE_ROWS) return;
      after = positionOf(rows[rows.length - 1]!);
    }
  }
}
