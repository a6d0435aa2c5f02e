import { type Decimal, decimalOf, quotient } from './decimal.js';

/** One line of a table of a third party's evaluation; `row` counts from 1, as the sheet shows it. */
export interface TableLine {
  row: number;
  sheet: string;
  cells: readonly string[];
}

export type ThirdPartyFaultCode =
  | 'NO_HEADING'
  | 'SUBJECT_UNKNOWN'
  | 'SUBJECT_AMBIGUOUS'
  | 'OUT_OF_REACH'
  | 'INDICATOR_MISSING'
  | 'NOT_A_NUMBER'
  | 'COUNT_MISSING'
  | 'NO_DENOMINATOR'
  | 'ABOVE_DENOMINATOR'
  | 'RESULT_DIFFERS'
  | 'WEIGHT_RANGE'
  | 'TWICE';

/** What is wrong, and in which row and column; `value` is what stood there. */
export interface ThirdPartyFault {
  row: number;
  sheet: string;
  column: string;
  code: ThirdPartyFaultCode;
  value: string;
}

/** One value with its raw counts (R60: numbers carry their raw counts). */
export interface ThirdPartyValue {
  row: number;
  sheet: string;
  bodyId: string;
  jurisdiction: string;
  indicator: string;
  numerator: Decimal;
  denominator: Decimal;
  /** Percent of the whole, where the table weighs its indicators. */
  weight: Decimal | null;
  note: string;
}

/** A body as a table may name it. */
export interface NamedBody {
  id: string;
  name: string;
  shortName: string;
  jurisdiction: string;
}

/** Headings of each column, as offices and institutes write them; the first one names the column in a fault. */
const HEADINGS = {
  subject: ['对象', '评估对象', '被评估单位', '单位'],
  indicator: ['指标', '指标名称', '评估指标'],
  numerator: ['分子', '得分', '实得分'],
  denominator: ['分母', '满分', '分值'],
  result: ['结果', '比率', '百分比', '得分率'],
  weight: ['权重'],
  note: ['说明', '备注'],
} as const;
type Column = keyof typeof HEADINGS;
const NEEDED: readonly Column[] = ['subject', 'indicator', 'numerator', 'denominator'];
/** Titles and notes above the heading. */
const HEADING_WITHIN = 10;
const MAX_TEXT = 200;
const HUNDRED = 1_000_000n;

/** Where each column stands on a sheet. */
type Heading = ReadonlyMap<Column, number>;

/**
 * Reads a table of evaluations. Every fault is named with row and column; nothing is guessed, and no value is taken whose
 * counts are missing or contradict the share that stands beside them.
 */
export function readThirdPartyRows(
  lines: Iterable<TableLine>,
  bodies: readonly NamedBody[],
  reaches: (jurisdiction: string) => boolean,
): { values: ThirdPartyValue[]; faults: ThirdPartyFault[] } {
  const values: ThirdPartyValue[] = [];
  const faults: ThirdPartyFault[] = [];
  const seen = new Set<string>();
  let sheet: ReadSheet | undefined;
  for (const line of lines) {
    if (sheet?.name !== line.sheet) {
      if (sheet !== undefined && sheet.lines > 0) faults.push(...withoutHeading(sheet));
      sheet = { name: line.sheet, heading: undefined, lines: 0 };
    }
    if (line.cells.every((cell) => cell.trim() === '')) continue;
    if (sheet.heading === undefined) {
      sheet.heading = headingOf(line.cells);
      sheet.lines += 1;
      if (sheet.heading === undefined && sheet.lines === HEADING_WITHIN) faults.push(noHeading(line));
      continue;
    }
    const value = new Cells(line, sheet.heading, faults).value(bodies, reaches);
    if (value === undefined) continue;
    const key = `${value.bodyId}\n${value.indicator}`;
    if (seen.has(key))
      faults.push({ ...place(line), column: HEADINGS.indicator[0], code: 'TWICE', value: value.indicator }); // prettier-ignore
    else values.push(value);
    seen.add(key);
  }
  if (sheet !== undefined) faults.push(...withoutHeading(sheet));
  return { values, faults };
}

interface ReadSheet {
  name: string;
  heading: Heading | undefined;
  /** Those with something in them, until the heading. */
  lines: number;
}

/** A sheet that ended before its heading was given up; a longer one has been told of. */
const withoutHeading = ({ name, heading, lines }: ReadSheet): ThirdPartyFault[] =>
  heading === undefined && lines < HEADING_WITHIN ? [noHeading({ row: 1, sheet: name, cells: [] })] : [];

function headingOf(cells: readonly string[]): Heading | undefined {
  const found = new Map<Column, number>();
  cells.forEach((cell, at) => {
    const heading = cell.normalize('NFKC').replace(/\s+/gu, '');
    const column = (Object.keys(HEADINGS) as Column[]).find((name) =>
      (HEADINGS[name] as readonly string[]).includes(heading),
    );
    if (column !== undefined && !found.has(column)) found.set(column, at);
  });
  return NEEDED.every((column) => found.has(column)) ? found : undefined;
}

const place = ({ row, sheet }: TableLine) => ({ row, sheet });
const noHeading = (line: TableLine): ThirdPartyFault => ({
  ...place(line),
  column: NEEDED.map((column) => HEADINGS[column][0]).join('、'),
  code: 'NO_HEADING',
  value: line.cells.join(' ').slice(0, 60),
});

/** The cells of one line by their heading; what is wrong with them goes to `faults`. */
class Cells {
  constructor(
    private readonly line: TableLine,
    private readonly heading: Heading,
    private readonly faults: ThirdPartyFault[],
  ) {}

  value(bodies: readonly NamedBody[], reaches: (jurisdiction: string) => boolean): ThirdPartyValue | undefined {
    const body = this.subject(bodies, reaches);
    const indicator = this.text('indicator').slice(0, MAX_TEXT);
    if (indicator === '') this.fault('indicator', 'INDICATOR_MISSING');
    const [numerator, denominator] = [this.count('numerator'), this.count('denominator')];
    const weight = this.weight();
    if (numerator === undefined || denominator === undefined) return undefined;
    if (denominator.units === 0n) return this.fault('denominator', 'NO_DENOMINATOR');
    if (numerator.units > denominator.units) return this.fault('numerator', 'ABOVE_DENOMINATOR');
    if (!this.agrees(numerator, denominator)) return this.fault('result', 'RESULT_DIFFERS');
    if (body === undefined || indicator === '' || weight === undefined) return undefined;
    const { id: bodyId, jurisdiction } = body;
    const note = this.text('note').slice(0, MAX_TEXT);
    return { ...place(this.line), bodyId, jurisdiction, indicator, numerator, denominator, weight, note };
  }

  private subject(bodies: readonly NamedBody[], reaches: (jurisdiction: string) => boolean): NamedBody | undefined {
    const named = this.text('subject');
    const exact = bodies.filter(({ id, name }) => id === named || name === named);
    const found = exact.length > 0 ? exact : bodies.filter(({ shortName }) => shortName === named);
    if (named === '' || found.length === 0) return this.fault('subject', 'SUBJECT_UNKNOWN');
    if (found.length > 1) return this.fault('subject', 'SUBJECT_AMBIGUOUS');
    return reaches(found[0]!.jurisdiction) ? found[0] : this.fault('subject', 'OUT_OF_REACH');
  }

  private count(column: 'numerator' | 'denominator'): Decimal | undefined {
    if (this.text(column) === '') return this.fault(column, 'COUNT_MISSING');
    return decimalOf(this.text(column)) ?? this.fault(column, 'NOT_A_NUMBER');
  }

  /** null where the table has none. */
  private weight(): Decimal | null | undefined {
    const text = this.text('weight').replace(/[%％]$/u, '');
    if (text === '') return null;
    const weight = decimalOf(text);
    if (weight === undefined) return this.fault('weight', 'NOT_A_NUMBER');
    return weight.units > HUNDRED ? this.fault('weight', 'WEIGHT_RANGE') : weight;
  }

  /** Whether the share beside the counts is theirs, to the places in which it is written: in percent, or as workbooks keep percents, of 1. */
  private agrees(numerator: Decimal, denominator: Decimal): boolean {
    const text = this.text('result').normalize('NFKC');
    if (text === '') return true;
    const stated = decimalOf(text.replace(/%$/u, ''));
    if (stated === undefined) return false;
    const says = (factor: bigint) => quotient(numerator, denominator, factor, stated.places) === stated.units;
    return says(100n) || (!text.endsWith('%') && says(1n));
  }

  private text(column: Column): string {
    const at = this.heading.get(column);
    return at === undefined ? '' : (this.line.cells[at] ?? '').trim();
  }

  private fault(column: Column, code: ThirdPartyFaultCode): undefined {
    this.faults.push({
      ...place(this.line),
      column: HEADINGS[column][0],
      code,
      value: this.text(column).slice(0, 60),
    });
    return undefined;
  }
}
