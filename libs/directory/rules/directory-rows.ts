/** One row of a table of the directory: a body, a person or a turn of duty. `row` counts from 1, the heading included. */
export interface DirectoryRow {
  row: number;
  sheet: string;
  cells: readonly string[];
}

export type DirectoryFaultCode =
  | 'NO_HEADING'
  | 'UNKNOWN_KIND'
  | 'UNKNOWN_BODY'
  | 'UNKNOWN_CODE'
  | 'UNKNOWN_PARENT'
  | 'OWN_PARENT'
  | 'CYCLE'
  | 'NAME_MISSING'
  | 'UNKNOWN_ROLE'
  | 'DAY_INVALID'
  | 'TIME_INVALID'
  | 'TIME_REVERSED'
  | 'TURNS_OVERLAP'
  | 'UNKNOWN_PERSON'
  | 'TWICE';

export interface DirectoryFault {
  row: number;
  column: string;
  code: DirectoryFaultCode;
  value: string;
}

export interface BodyEntry {
  row: number;
  bodyId: string;
  name: string;
  shortName: string;
  parentId: string | null;
  validFrom: string;
}
export interface PersonEntry {
  row: number;
  bodyId: string;
  name: string;
  post: string;
  role: 'head' | 'spokesperson' | 'deputy' | 'liaison';
  phone: string | null;
  validFrom: string;
}
export interface TurnEntry {
  row: number;
  bodyId: string;
  person: string;
  deputy: string | null;
  startsAt: Date;
  endsAt: Date;
}

export interface DirectoryTable {
  bodies: BodyEntry[];
  persons: PersonEntry[];
  turns: TurnEntry[];
  faults: DirectoryFault[];
}

/** What the table is checked against. */
export interface KnownDirectory {
  /** Body id → id of its parent. */
  parents: ReadonlyMap<string, string | null>;
  /** Codes of the catalogue and of the city's own kinds. */
  codes: ReadonlySet<string>;
  /** Names of the people of a body today. */
  people: ReadonlyMap<string, ReadonlySet<string>>;
  today: string;
}

export const DIRECTORY_COLUMNS = [
  '类型',
  '机构',
  '名称',
  '简称',
  '上级',
  '姓名',
  '职务',
  '角色',
  '电话',
  '副班',
  '开始',
  '结束',
  '生效日期',
] as const;
type Column = (typeof DIRECTORY_COLUMNS)[number];

const ROLES: Readonly<Record<string, PersonEntry['role']>> = {
  主要负责人: 'head',
  负责人: 'head',
  新闻发言人: 'spokesperson',
  发言人: 'spokesperson',
  副职: 'deputy',
  B角: 'deputy',
  联络员: 'liaison',
};

/**
 * Reads a table of bodies, people and turns of duty. Every row that is wrong is named with its column and a code; nothing is guessed. Rows
 * may refer to people and bodies of the same table, in any order.
 */
export function readDirectoryRows(rows: Iterable<DirectoryRow>, known: KnownDirectory): DirectoryTable {
  const table: DirectoryTable = { bodies: [], persons: [], turns: [], faults: [] };
  let heading: Map<Column, number> | undefined;
  let sheet: string | undefined;
  for (const line of rows) {
    if (line.sheet !== sheet) {
      sheet = line.sheet;
      heading = undefined;
    }
    if (line.cells.every((cell) => cell.trim() === '')) continue;
    if (heading === undefined) {
      heading = headingOf(line.cells);
      if (!heading.has('类型') || !heading.has('机构')) {
        table.faults.push({
          row: line.row,
          column: '类型',
          code: 'NO_HEADING',
          value: line.cells.join(' ').slice(0, 60),
        });
        return table;
      }
      continue;
    }
    readLine(new Line(line, heading, table.faults), known, table);
  }
  checkTogether(table, known);
  table.faults.sort((a, b) => a.row - b.row);
  return table;
}

function headingOf(cells: readonly string[]): Map<Column, number> {
  const found = new Map<Column, number>();
  cells.forEach((cell, at) => {
    const column = DIRECTORY_COLUMNS.find((name) => name === cell.trim());
    if (column !== undefined && !found.has(column)) found.set(column, at);
  });
  return found;
}

class Line {
  constructor(
    private readonly line: DirectoryRow,
    private readonly heading: ReadonlyMap<Column, number>,
    private readonly faults: DirectoryFault[],
  ) {}

  get row(): number {
    return this.line.row;
  }

  text(column: Column): string {
    const at = this.heading.get(column);
    return at === undefined ? '' : (this.line.cells[at] ?? '').trim();
  }

  fault(column: Column, code: DirectoryFaultCode): null {
    this.faults.push({ row: this.row, column, code, value: this.text(column).slice(0, 60) });
    return null;
  }

  /** `2026-03-02`, `2026/3/2`; today when the cell is empty. */
  day(column: Column, today: string): string | null {
    const text = this.text(column);
    if (text === '') return today;
    const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(text);
    const day = match === null ? '' : `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`;
    const real = match !== null && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
    return real ? day : this.fault(column, 'DAY_INVALID');
  }

  /** Office time to the minute: `2026-03-02 08:00`. */
  time(column: Column): Date | null {
    const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T](\d{1,2}):(\d{2})(?::\d{2})?$/u.exec(this.text(column));
    if (match === null) return this.fault(column, 'TIME_INVALID');
    const [, year, month, day, hour, minute] = match.map((part) => part.padStart(2, '0'));
    const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:00+08:00`);
    return Number.isNaN(at.getTime()) ? this.fault(column, 'TIME_INVALID') : at;
  }
}

function readLine(line: Line, known: KnownDirectory, table: DirectoryTable): void {
  const bodyId = line.text('机构');
  const kind = line.text('类型');
  if (!['机构', '人员', '值班'].includes(kind)) return void line.fault('类型', 'UNKNOWN_KIND');
  if (!known.parents.has(bodyId)) {
    const code = bodyId.slice(bodyId.indexOf('-') + 1);
    return void line.fault('机构', known.codes.has(code) ? 'UNKNOWN_BODY' : 'UNKNOWN_CODE');
  }
  if (kind === '机构') readBody(line, bodyId, known, table);
  else if (kind === '人员') readPerson(line, bodyId, known, table);
  else readTurn(line, bodyId, table);
}

function readBody(line: Line, bodyId: string, known: KnownDirectory, table: DirectoryTable): void {
  const name = line.text('名称');
  const parent = line.text('上级');
  const validFrom = line.day('生效日期', known.today);
  if (name === '') line.fault('名称', 'NAME_MISSING');
  if (parent === bodyId) line.fault('上级', 'OWN_PARENT');
  else if (parent !== '' && !known.parents.has(parent)) line.fault('上级', 'UNKNOWN_PARENT');
  if (table.bodies.some((other) => other.bodyId === bodyId)) line.fault('机构', 'TWICE');
  if (name === '' || validFrom === null) return;
  const parentId = parent === '' ? (known.parents.get(bodyId) ?? null) : parent;
  table.bodies.push({ row: line.row, bodyId, name, shortName: line.text('简称') || name, parentId, validFrom });
}

function readPerson(line: Line, bodyId: string, known: KnownDirectory, table: DirectoryTable): void {
  const name = line.text('姓名');
  const role = ROLES[line.text('角色')];
  const validFrom = line.day('生效日期', known.today);
  if (name === '') line.fault('姓名', 'NAME_MISSING');
  if (role === undefined) line.fault('角色', 'UNKNOWN_ROLE');
  if (name === '' || role === undefined || validFrom === null) return;
  const single = role === 'head' || role === 'spokesperson';
  if (single && table.persons.some((p) => p.bodyId === bodyId && p.role === role && p.validFrom === validFrom))
    return void line.fault('角色', 'TWICE');
  table.persons.push({
    row: line.row,
    bodyId,
    name,
    post: line.text('职务'),
    role,
    phone: line.text('电话') || null,
    validFrom,
  });
}

function readTurn(line: Line, bodyId: string, table: DirectoryTable): void {
  const person = line.text('姓名');
  const startsAt = line.time('开始');
  const endsAt = line.time('结束');
  if (person === '') line.fault('姓名', 'NAME_MISSING');
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt) return void line.fault('结束', 'TIME_REVERSED');
  if (person === '' || startsAt === null || endsAt === null) return;
  if (table.turns.some((turn) => turn.bodyId === bodyId && turn.startsAt < endsAt && startsAt < turn.endsAt))
    return void line.fault('开始', 'TURNS_OVERLAP');
  table.turns.push({ row: line.row, bodyId, person, deputy: line.text('副班') || null, startsAt, endsAt });
}

/** What only shows when the whole table is read: parents in a circle, people on duty whom nobody knows. */
function checkTogether(table: DirectoryTable, known: KnownDirectory): void {
  const parents = new Map(known.parents);
  for (const body of table.bodies) parents.set(body.bodyId, body.parentId);
  for (const body of table.bodies) {
    const seen = new Set<string>();
    for (let at: string | null = body.bodyId; at !== null; at = parents.get(at) ?? null) {
      if (seen.has(at)) {
        table.faults.push({ row: body.row, column: '上级', code: 'CYCLE', value: [...seen].join(' → ').slice(0, 120) });
        break;
      }
      seen.add(at);
    }
  }
  const isKnown = (bodyId: string, name: string) =>
    known.people.get(bodyId)?.has(name) === true || table.persons.some((p) => p.bodyId === bodyId && p.name === name);
  for (const { row, bodyId, person, deputy } of table.turns) {
    if (!isKnown(bodyId, person)) table.faults.push({ row, column: '姓名', code: 'UNKNOWN_PERSON', value: person });
    if (deputy !== null && !isKnown(bodyId, deputy))
      table.faults.push({ row, column: '副班', code: 'UNKNOWN_PERSON', value: deputy });
  }
}
