/** The query box: words to look for, and `field:value` in Chinese or English. Pure, so that it can be read by tests. */

export const FIELDS = [
  'category',
  'grade',
  'heat',
  'state',
  'body',
  'jurisdiction',
  'overdue',
  'snoozed',
  'drill',
  'due',
  'sort',
] as const;
export type Field = (typeof FIELDS)[number];

/** How fields are written, besides their own names. */
const NAMES: Record<string, Field> = {
  类别: 'category',
  级别: 'grade',
  等级: 'grade',
  level: 'grade',
  热度: 'heat',
  状态: 'state',
  status: 'state',
  部门: 'body',
  单位: 'body',
  主体: 'body',
  dept: 'body',
  属地: 'jurisdiction',
  县区: 'jurisdiction',
  place: 'jurisdiction',
  county: 'jurisdiction',
  超时: 'overdue',
  暂缓: 'snoozed',
  演练: 'drill',
  时限: 'due',
  within: 'due',
  排序: 'sort',
};
const YES = new Set(['yes', 'y', 'true', '1', '是', '有']);
const NO = new Set(['no', 'n', 'false', '0', '否', '无']);
const SPAN = /^[<≤]?\s*(\d{1,4})\s*(m|min|分|分钟|h|小时|时|d|天)$/i;
const MINUTES: Record<string, number> = { m: 1, 分: 1, h: 60, 小: 60, 时: 60, d: 1_440, 天: 1_440 };
const MAX_VALUES = 20;

/** What may stand behind a field: each value with the ways to write it, the label first. */
export type Dictionary = Partial<Record<Field, { value: string; names: string[] }[]>>;

/** Something that can't be understood, with what is needed to say so in plain words. */
export interface QueryError {
  code: 'unknownField' | 'unknownValue' | 'ambiguous' | 'twice' | 'onlyOne' | 'noValue' | 'openQuote';
  /** The piece as it was written. */
  text: string;
  field?: Field;
  /** Values that come near. */
  near: string[];
}

export interface Chip {
  field: Field;
  values: string[];
  text: string;
}

export interface Query {
  values: Partial<Record<Field, string[]>>;
  words: string;
  chips: Chip[];
  errors: QueryError[];
}

/** Fields that take one value only. */
const SINGLE = new Set<Field>(['body', 'jurisdiction', 'overdue', 'snoozed', 'drill', 'due', 'sort']);

/** Reads what was written; what can't be understood is an error and never silently left out. */
export function parseQuery(text: string, dictionary: Dictionary): Query {
  const query: Query = { values: {}, words: '', chips: [], errors: [] };
  const words: string[] = [];
  for (const piece of piecesOf(text)) {
    if (piece === OPEN_QUOTE) {
      query.errors.push({ code: 'openQuote', text: '"', near: [] });
      continue;
    }
    const split = /^([\p{L}]+)[:：](.*)$/su.exec(piece);
    if (split === null) words.push(unquoted(piece));
    else readField(query, { piece, name: split[1]!, written: split[2]! }, dictionary);
  }
  query.words = words.join(' ').trim();
  return query;
}

function readField(
  query: Query,
  { piece, name, written }: { piece: string; name: string; written: string },
  dictionary: Dictionary,
): void {
  const field = fieldOf(name);
  if (field === undefined) {
    query.errors.push({
      code: 'unknownField',
      text: name,
      near: Object.keys(NAMES).filter((known) => near(known, name)),
    });
    return;
  }
  const written_ = valuesOf(written);
  const refuse = (code: QueryError['code'], text: string, close: string[] = []) =>
    query.errors.push({ code, text, field, near: close });
  if (written_.length === 0) return void refuse('noValue', piece);
  if (query.values[field] !== undefined) return void refuse('twice', piece);
  if (SINGLE.has(field) && written_.length > 1) return void refuse('onlyOne', piece);
  const values: string[] = [];
  for (const text of written_.slice(0, MAX_VALUES)) {
    const found = valueOf(field, text, dictionary[field] ?? []);
    if ('value' in found) values.push(found.value);
    else refuse(found.near.length > 1 && found.ambiguous ? 'ambiguous' : 'unknownValue', text, found.near);
  }
  if (values.length !== written_.length) return;
  query.values[field] = values;
  query.chips.push({ field, values, text: piece });
}

const fieldOf = (name: string): Field | undefined => {
  const lower = name.toLowerCase();
  return FIELDS.find((field) => field === lower) ?? NAMES[lower];
};

type Found = { value: string } | { near: string[]; ambiguous: boolean };

function valueOf(field: Field, text: string, known: { value: string; names: string[] }[]): Found {
  const lower = text.toLowerCase();
  if (field === 'overdue' || field === 'snoozed' || field === 'drill') {
    if (YES.has(lower)) return { value: '1' };
    if (NO.has(lower)) return { value: '0' };
    return { near: [], ambiguous: false };
  }
  if (field === 'due') {
    const span = SPAN.exec(text);
    if (span === null) return { near: [], ambiguous: false };
    return { value: String(Number(span[1]) * MINUTES[span[2]!.toLowerCase().charAt(0)]!) };
  }
  const all = known.flatMap(({ value, names }) =>
    [value, ...names].map((name) => ({ value, name: name.toLowerCase(), label: names[0] ?? value })),
  );
  const exact = all.filter(({ name }) => name === lower);
  const candidates = exact.length > 0 ? exact : all.filter(({ name }) => name.includes(lower));
  const distinct = [...new Map(candidates.map((candidate) => [candidate.value, candidate.label])).entries()];
  if (distinct.length === 1) return { value: distinct[0]![0] };
  const labels =
    distinct.length > 0
      ? distinct.map(([, label]) => label)
      : all.filter(({ name }) => near(name, lower)).map(({ label }) => label);
  return { near: [...new Set(labels)].slice(0, 5), ambiguous: distinct.length > 1 };
}

/** Values behind a field: separated by commas of either script; a quoted one may hold anything. */
const valuesOf = (written: string): string[] =>
  (written.match(/"[^"]*"|[^,，、]+/g) ?? []).map((value) => unquoted(value).trim()).filter((value) => value !== '');

const unquoted = (text: string): string => text.replaceAll('"', '');
const near = (known: string, written: string): boolean =>
  [...written.toLowerCase()].some((sign) => known.toLowerCase().includes(sign));

const OPEN_QUOTE = Symbol('open quote');

/** Pieces between spaces; a space between quotes does not part. Curly quotes of an input method count as quotes. */
function piecesOf(text: string): (string | typeof OPEN_QUOTE)[] {
  const plain = text.replaceAll(/[“”「」]/g, '"').replaceAll('　', ' ');
  const pieces: (string | typeof OPEN_QUOTE)[] = plain.match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
  if ((plain.match(/"/g)?.length ?? 0) % 2 === 1) pieces.push(OPEN_QUOTE);
  return pieces;
}

/** The text without one of its chips. */
export const withoutChip = (text: string, chip: Chip): string =>
  text
    .replaceAll(/[“”「」]/g, '"')
    .replace(chip.text, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** The text with a field set to a value, or without it. */
export function withField(text: string, query: Query, field: Field, value: string | null): string {
  const chip = query.chips.find((candidate) => candidate.field === field);
  const rest = chip === undefined ? text : withoutChip(text, chip);
  if (value === null) return rest;
  return `${rest} ${field}:${/[\s,]/.test(value) ? `"${value}"` : value}`.trim();
}
