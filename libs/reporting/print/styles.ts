import { Markup } from './markup.js';

/** Layout of official papers: red head and rule, title in Song, text in FangSong (domain 7, common rules). */
const SONG = `'FZXiaoBiaoSong-B05S', STZhongsong, SimSun, 'Noto Serif CJK SC', 'WenQuanYi Micro Hei', serif`;
const FANGSONG = `FangSong, STFangsong, FangSong_GB2312, 'Noto Serif CJK SC', 'WenQuanYi Micro Hei', serif`;
const FOOT = `font: 8pt/1 ${FANGSONG}; color: #333; white-space: nowrap; vertical-align: top; padding-top: 3mm;`;
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
  '.signed { display: flex; justify-content: space-between; align-items: flex-end; margin-top: 6mm; break-inside: avoid; break-before: avoid; }',
  '.seal { margin-right: 6mm; width: 70mm; text-align: center; }',
  '.mark { width: 46mm; text-align: center; font-size: 8pt; line-height: 1.35; }',
  '.mark svg { width: 27mm; height: 27mm; display: block; margin: 0 auto; }',
  '.stamp { height: 22mm; display: flex; align-items: center; justify-content: center; color: #777; }',
  'footer { margin-top: 5mm; border-top: 0.6pt solid #000; padding-top: 1.5mm; font-size: 8pt; line-height: 1.4; break-before: avoid; break-inside: avoid; }',
  'footer p { margin: 0; }',
  // Chromium keeps rows together, but no table with what stands after it; so the seal is the last row of a last table.
  'tr.closing { break-before: avoid; font-size: 10.5pt; line-height: 1.55; }',
  'tr.closing > td { border: none; padding: 0; }',
  'table.closes > tbody > tr:nth-last-child(-n + 3) { break-before: avoid; }',
  '.whole { break-inside: avoid; }',
  '.box { border: 0.6pt solid #000; min-height: 24mm; }',
  'body.across .fraction { display: block; }',
  'table.fixed { table-layout: fixed; }',
  'table.many { font-size: 7.5pt; line-height: 1.3; }',
  'table.many th { overflow-wrap: anywhere; word-break: normal; }',
  'table.many th, table.many td { padding: 0.8mm 0.6mm; }',
  'table.many td.t { white-space: normal; }',
  'body.compact { font-size: 9.5pt; line-height: 1.4; }',
  'body.compact header { margin-bottom: 3mm; }',
  'body.compact h1 { margin-bottom: 2.5mm; }',
  'body.compact th, body.compact td { padding: 0.8mm 1.6mm; }',
  'body.compact table { margin-bottom: 2mm; }',
  'body.compact table.dense th, body.compact table.dense td { padding: 0.55mm 1.6mm; }',
  'body.compact .blank { min-height: 9mm; }',
  'body.compact .box { min-height: 18mm; }',
  'body.compact .signed { margin-top: 2mm; }',
  'body.compact .stamp { height: 15mm; }',
  'body.compact footer { margin-top: 2mm; }',
];

/**
 * The style of a sheet. Each page bears its number and, from the second on, the sheet's own, so that a loose page is known.
 * The number is the only text of a case in it, and every sign of it is written by its code.
 */
export const styleOf = (landscape: boolean, serial: string): Markup =>
  new Markup(
    [
      `@page { size: A4 ${landscape ? 'landscape' : 'portrait'}; margin: 18mm 16mm 16mm; @bottom-right { ${FOOT} content: '第 ' counter(page) ' 页，共 ' counter(pages) ' 页'; } @bottom-left { ${FOOT} content: '${asCodes(serial)}'; } }`,
      '@page :first { @bottom-left { content: none; } }',
      ...RULES,
    ].join('\n'),
  );

const asCodes = (text: string): string => [...text].map((sign) => `\\${sign.codePointAt(0)!.toString(16)} `).join('');
