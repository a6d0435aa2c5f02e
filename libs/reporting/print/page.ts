import { html, Markup } from './markup.js';

/** What stands on every sheet. */
export interface PageHead {
  /** Who issues it, in the red head: `云江市网络舆情回应`. */
  issuer: string;
  title: string;
  /** 文号 or serial number. */
  serial: string;
  /** Beside the number: date, secrecy, urgency. */
  remarks?: readonly string[];
}

export interface PageOptions {
  landscape?: boolean;
  /** Smaller type and less air, for a sheet that must fit one page. */
  compact?: boolean;
  /** Who signs under the space for the seal, and the date. */
  seal?: { office: string; date: string };
  /** Time of the data, method, who printed it. */
  notes: readonly string[];
}

/** A whole page for A4 paper, without any script, image or address of another server. */
export function page(head: PageHead, body: Markup, { landscape, compact, seal, notes }: PageOptions): string {
  const document = html`<html lang="zh-CN">
    <head>
      <meta charset="utf-8" />
      <title>${head.title}</title>
      <style>
        ${css(landscape === true)}
      </style>
    </head>
    <body class="${landscape === true ? 'across' : compact === true ? 'compact' : 'plain'}">
      <header>
        <div class="issuer">${head.issuer}</div>
        <div class="serial">
          <span>${head.serial}</span>${(head.remarks ?? []).map((text) => html`<span>${text}</span>`)}
        </div>
      </header>
      <h1>${head.title}</h1>
      <main>${body}</main>
      ${
        seal === undefined
          ? ''
          : html`<div class="seal">
              <div class="stamp">（盖章处）</div>
              <div>${seal.office}</div>
              <div>${seal.date}</div>
            </div>`
      }
      <footer>${notes.map((note) => html`<p>${note}</p>`)}</footer>
    </body>
  </html>`;
  return `<!doctype html>\n${document.text}\n`;
}

/** Layout of official papers: red head and rule, title in Song, text in FangSong (domain 7, common rules). */
const SONG = `'FZXiaoBiaoSong-B05S', STZhongsong, SimSun, 'Noto Serif CJK SC', 'WenQuanYi Micro Hei', serif`;
const FANGSONG = `FangSong, STFangsong, FangSong_GB2312, 'Noto Serif CJK SC', 'WenQuanYi Micro Hei', serif`;
const RULES: readonly string[] = [
  '* { box-sizing: border-box; }',
  `body { margin: 0 auto; max-width: 180mm; color: #000; font: 10.5pt/1.55 ${FANGSONG}; }`,
  'body.across { max-width: 265mm; }',
  '@media print { body { max-width: none; } }',
  '@media screen { body { padding: 12mm; } }',
  // A table fills the width; the outer half of its border must not fall off the paper.
  'main { padding: 0 0.4mm; }',
  'header { border-bottom: 2.4pt solid #c00; margin-bottom: 6mm; }',
  `.issuer { color: #c00; text-align: center; font: 700 24pt/1.4 ${SONG}; letter-spacing: 0.12em; }`,
  '.serial { display: flex; justify-content: space-between; gap: 8mm; padding: 1mm 0 2mm; }',
  `h1 { text-align: center; font: 700 17pt/1.4 ${SONG}; margin: 0 0 4mm; }`,
  `h2 { font: 700 12pt/1.5 SimHei, 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif; margin: 4mm 0 2mm; break-after: avoid; }`,
  'p { margin: 0 0 1.5mm; }',
  'table { width: 100%; border-collapse: collapse; margin: 0 0 3mm; }',
  'th, td { border: 0.6pt solid #000; padding: 1.2mm 1.8mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }',
  'th { font-weight: 700; background: #f4f4f4; print-color-adjust: exact; -webkit-print-color-adjust: exact; }',
  'thead { display: table-header-group; }',
  'tr { break-inside: avoid; }',
  'table.form { table-layout: fixed; }',
  'col.head { width: 24mm; }',
  'td.t { white-space: nowrap; }',
  'td.s { overflow-wrap: normal; }',
  'table.dense { font-size: 8.5pt; line-height: 1.35; }',
  'table.dense th { text-align: center; overflow-wrap: normal; word-break: keep-all; }',
  'td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }',
  '.blank { min-height: 14mm; }',
  '.small { font-size: 8.5pt; }',
  '.fraction { color: #333; font-size: 0.88em; white-space: nowrap; }',
  '.lines { white-space: pre-wrap; }',
  '.seal { margin: 6mm 6mm 0 auto; width: 70mm; text-align: center; break-inside: avoid; break-before: avoid; }',
  '.stamp { height: 22mm; display: flex; align-items: center; justify-content: center; color: #777; }',
  'footer { margin-top: 5mm; border-top: 0.6pt solid #000; padding-top: 1.5mm; font-size: 8pt; line-height: 1.4; break-before: avoid; break-inside: avoid; }',
  'footer p { margin: 0; }',
  'body.across .fraction { display: block; }',
  'table.fixed { table-layout: fixed; font-size: 7.5pt; line-height: 1.3; }',
  'table.fixed th { overflow-wrap: anywhere; word-break: normal; }',
  'table.fixed th, table.fixed td { padding: 0.8mm 0.6mm; }',
  'table.fixed td.t { white-space: normal; }',
  'body.compact { font-size: 9.5pt; line-height: 1.4; }',
  'body.compact header { margin-bottom: 3mm; }',
  'body.compact h1 { margin-bottom: 2.5mm; }',
  'body.compact th, body.compact td { padding: 0.8mm 1.6mm; }',
  'body.compact table { margin-bottom: 2mm; }',
  'body.compact .blank { min-height: 9mm; }',
  'body.compact .seal { margin-top: 2mm; }',
  'body.compact .stamp { height: 15mm; }',
  'body.compact footer { margin-top: 2mm; }',
];

/** Ours, with nothing of a case in it, so it stands as it is. */
const css = (landscape: boolean): Markup =>
  new Markup(
    [`@page { size: A4 ${landscape ? 'landscape' : 'portrait'}; margin: 18mm 16mm 16mm; }`, ...RULES].join('\n'),
  );

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

/** A table with a head that repeats on every page. With `widths` its columns share the page in these proportions, however many they are. */
export const gridTable = (
  heads: readonly string[],
  rows: readonly (readonly (Markup | string | number)[])[],
  numeric: readonly number[] = [],
  widths?: readonly number[],
): Markup =>
  html`<table class="${widths === undefined ? 'dense' : 'dense fixed'}">
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
