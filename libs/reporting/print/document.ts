import { officeTime } from '../labels.js';
import { periodWords, serialOf } from '../rules/period-words.js';
import type { ReportCell, ReportDocument, ReportTable } from '../tables/report-table.js';
import { html, lines, type Markup } from './markup.js';
import { formRows, gridTable } from './grid.js';
import { page } from './page.js';

/** Who prints a report, and for whom. */
export interface DocumentFrame {
  office: string;
  by: string;
  /** Upright: papers on one incident. Tables of a period lie across if they have many columns. */
  portrait?: boolean;
}

/** An upright page has room for so many columns. */
const UPRIGHT_COLUMNS = 5;
/** Beyond these, columns share the page by their width instead of by what stands in them. */
const FREE_COLUMNS = 12;
/** Signs of a value that leaves the other half of its line to the next one. */
const HALF_LINE = 20;
/** Rows of one table on paper; what is longer is read on the screen or in a file, and the page says so. */
const MAX_PRINTED_ROWS = 1_000;

/** Any report as pages of A4 across, one table after the other, each figure with its counts. */
export function printDocument(document: ReportDocument, { office, by, portrait }: DocumentFrame): string {
  const { title, period, asOf, notes, rules, tables } = document;
  return page(
    {
      issuer: office,
      title,
      serial: document.serial ?? (period === null ? momentSerial(title, asOf) : serialOf(title, period)),
      remarks: [
        ...(period === null || period.kind === 'span' ? [] : [periodWords(period)]),
        `数据时间 ${officeTime(asOf, true)}`,
      ],
    },
    (closing) => {
      const endsInTable = rules.length === 0 && isGrid(tables.at(-1));
      return html`${tables.map(
        (table, index) =>
          html`${title.endsWith(table.title) ? '' : html`<h2>${table.title}</h2>`}
          ${printTable(table, endsInTable && index === tables.length - 1 ? closing : undefined)}`,
      )}
      ${rules.length === 0 ? '' : html`<h2>计算规则</h2>`}
      ${rules.map(({ label, rule }) => html`<p class="small">${label}：${rule}</p>`)} ${endsInTable ? '' : closing}`;
    },
    {
      compact: portrait === true,
      landscape: !(portrait ?? tables.every(({ columns }) => columns.length <= UPRIGHT_COLUMNS)),
      seal: { office, date: officeTime(asOf).slice(0, 10) },
      notes: [...notes, `制表：${by}`],
    },
  );
}

/** A live list belongs to no series: its number is its minute, `逾期清单〔2026〕11270933号`. */
const momentSerial = (title: string, asOf: Date): string => {
  const [day = '', time = ''] = officeTime(asOf).split(' ');
  return `${title}〔${day.slice(0, 4)}〕${day.slice(5).replace('-', '')}${time.replace(':', '')}号`;
};

const isForm = ({ columns: [head, content, ...more] }: ReportTable): boolean =>
  head?.key === 'item' && content?.key === 'content' && more.length === 0;
/** Two columns of words share the page by their width: when, and what. */
const isProse = ({ columns }: ReportTable): boolean =>
  columns.length === 2 && columns.every(({ numeric, width }) => numeric !== true && width !== undefined);
const isGrid = (table: ReportTable | undefined): boolean =>
  table !== undefined && table.rows.length > 0 && table.rows.length <= MAX_PRINTED_ROWS && !isForm(table);

/** A table on paper; a long one is cut, which is said. `closing` is what ends the sheet. */
export function printTable(table: ReportTable, closing?: Markup): Markup {
  if (table.rows.length === 0) return html`<p>无。</p>`;
  // Names and values are a form, as on every sheet.
  if (isForm(table))
    return formRows(
      table.rows.map(([name, value]) => {
        const [label, content] = [name?.text ?? '', value?.text ?? ''];
        return [...content].length > HALF_LINE
          ? [label, lines(content), 'wide']
          : [label, content === '' ? '—' : content];
      }),
    );
  const numeric = table.columns.flatMap(({ numeric: isNumber }, index) => (isNumber === true ? [index] : []));
  const many = table.columns.length > FREE_COLUMNS;
  const rows = table.rows.slice(0, MAX_PRINTED_ROWS).map((row) => row.map(onPaper));
  return html`${gridTable(
    table.columns.map(({ label }) => label),
    rows,
    {
      numeric,
      closing,
      ...(many || isProse(table) ? { many, widths: table.columns.map(({ width }) => width ?? 12) } : {}),
    },
  )}
  ${table.rows.length > MAX_PRINTED_ROWS ? html`<p>本表共 ${table.rows.length} 行，只印前 ${MAX_PRINTED_ROWS} 行；全部见导出文件。</p>` : ''}`;
}

/** A percentage never stands without its counts. */
const onPaper = (cell: ReportCell): Markup | string =>
  cell.kind === 'rate'
    ? html`${cell.text} <span class="fraction">${cell.n ?? 0}/${cell.d ?? 0}</span>`
    : cell.text === ''
      ? '—'
      : cell.text;
