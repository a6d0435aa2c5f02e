import { html, type Markup } from './markup.js';

/** A table of two columns a line: heads and values in turn, four cells a row; a single pair spans the row. */
export function formRows(
  pairs: readonly (readonly [string, Markup | string] | readonly [string, Markup | string, 'wide'])[],
): Markup {
  const rows: Markup[] = [];
  for (let index = 0; index < pairs.length; index += 1) {
    const [head, value, wide] = pairs[index]!;
    const next = pairs[index + 1];
    if (wide === undefined && next !== undefined && next[2] === undefined) {
      rows.push(
        html`<tr>
          <th>${head}</th>
          <td>${value}</td>
          <th>${next[0]}</th>
          <td>${next[1]}</td>
        </tr>`,
      );
      index += 1;
    } else
      rows.push(
        html`<tr>
          <th>${head}</th>
          <td colspan="3">${value}</td>
        </tr>`,
      );
  }
  return html`<table class="form">
    <colgroup>
      <col class="head" />
      <col />
      <col class="head" />
      <col />
    </colgroup>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

export interface GridOptions {
  /** Columns of numbers, from 0. */
  numeric?: readonly number[];
  /** The columns share the page in these proportions instead of by what stands in them. */
  widths?: readonly number[];
  /** More columns than the page has room for in its usual type. */
  many?: boolean;
  /** What ends the sheet; it stays with the last rows. */
  closing?: Markup | undefined;
}

/** A table with a head that repeats on every page. */
export const gridTable = (
  heads: readonly string[],
  rows: readonly (readonly (Markup | string | number)[])[],
  { numeric = [], widths, many = false, closing }: GridOptions = {},
): Markup =>
  html`<table
    class="${`dense${widths === undefined ? '' : ' fixed'}${many ? ' many' : ''}${closing === undefined ? '' : ' closes'}`}"
  >
    ${widths === undefined ? '' : columnsOf(widths)}
    <thead>
      <tr>
        ${heads.map((head) => html`<th>${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell, index) => html`<td class="${numeric.includes(index) ? 'n' : classOf(cell)}">${cell}</td>`)}
          </tr>`,
      )}
      ${
        closing === undefined
          ? ''
          : html`<tr class="closing">
              <td colspan="${heads.length}">${closing}</td>
            </tr>`
      }
    </tbody>
  </table>`;

const columnsOf = (widths: readonly number[]): Markup => {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  return html`<colgroup>
    ${widths.map((width) => html`<col style="width: ${((100 * width) / whole).toFixed(2)}%" />`)}
  </colgroup>`;
};

/** An instant is not broken over two lines, nor is a short number or name of Latin letters. */
function classOf(cell: Markup | string | number): string {
  if (typeof cell !== 'string') return '';
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?$/.test(cell)) return 't';
  return /^[!-~]{1,16}$/.test(cell) ? 's' : '';
}
