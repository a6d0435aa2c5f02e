/** A value of a table that leaves the house. Instants are already text. */
export type Cell = string | number | null;

/** What nobody sees, such as a zero-width space, does not protect either. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r]/u;
/** A percentage that fell: no formula, and meant to be read as it stands. */
const FALLEN = /^-\d+(\.\d+)?%$/;

/**
 * A text that a spreadsheet would run as a formula is made plain by an apostrophe in front; so a title that begins with
 * `=`, `+`, `-`, `@`, a tab or a carriage return stays a title. A line break does not protect: what begins a line counts.
 */
export function plainCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (FALLEN.test(value)) return value;
  return FORMULA.test(value) ? `'${value}` : value;
}

/** One line of a CSV file (RFC 4180) with its line end. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(value: Cell): string {
  const text = plainCell(value);
  return /[",\r\n]/.test(text) || /^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What Excel needs to read UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';
