/** One piece of personal data in a text; `start` and `end` are offsets of UTF-16 units, `value` is as written. */
export interface PersonalFinding {
  kind: PersonalKind;
  value: string;
  start: number;
  end: number;
}

export type PersonalKind =
  'idCard' | 'mobile' | 'landline' | 'email' | 'wechat' | 'qq' | 'bankCard' | 'plate' | 'address' | 'name' | 'minor';

/** A finding with what stands in its place. */
export interface Candidate extends PersonalFinding {
  masked: string;
}

const CHINESE_DIGITS: Record<string, string> = {
  零: '0',
  〇: '0',
  一: '1',
  幺: '1',
  壹: '1',
  二: '2',
  贰: '2',
  三: '3',
  叁: '3',
  四: '4',
  肆: '4',
  五: '5',
  伍: '5',
  六: '6',
  陆: '6',
  七: '7',
  柒: '7',
  八: '8',
  捌: '8',
  九: '9',
  玖: '9',
};

/** The text with full-width characters as half-width ones, unit by unit, so that offsets stay. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/g, (wide) =>
    wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  );
}

/** As `halfWidth`, with Chinese digits as figures: numbers are dictated and typed in both (domain 6.5). */
export function digitView(text: string): string {
  return halfWidth(text).replace(
    /[零〇一幺壹二贰三叁四肆五伍六陆七柒八捌九玖]/g,
    (digit) => CHINESE_DIGITS[digit] as string,
  );
}

/** One separator between digits. */
const GAP = '[ \\t\\-—–_.·]?';
/** A label that makes the number after it one of a case, an order or a document. */
const NUMBER_OF_A_CASE =
  /(?:工单|订单|受理|流水|单|编|案|文|批|户|账单|快递|运单|许可证|发票|登记|合同)(?:号码?|编号|号)?(?:为|是)?[\s::]*$/;

const CONTEXT_CHARACTERS = 24;
/** What stands right before a place; labels are looked for in it. */
export const before = (view: string, place: number) => view.slice(Math.max(0, place - CONTEXT_CHARACTERS), place);

const spaced = (text: string, from: number, to: number) => text.slice(from, to).replace(/[ \t\-—–_.·]/g, '');

/** Identity cards, mobile and fixed numbers, bank cards: in this order, a digit belongs to one of them. */
export function personalNumbers(text: string): Candidate[] {
  const view = digitView(text);
  return [
    ...idCards(text, view),
    ...mobiles(text, view),
    ...bankCards(text, view),
    ...landlines(text, halfWidth(text)),
  ];
}

const ID_CARD = new RegExp(`(?<![0-9A-Za-z])(?:\\d${GAP}){17}[\\dXx](?![0-9A-Za-z])`, 'g');
const OLD_ID_CARD = /(?<![0-9A-Za-z])\d{15}(?![0-9A-Za-z])/g;

function idCards(text: string, view: string): Candidate[] {
  const found = [...view.matchAll(ID_CARD)].filter((match) => isIdCard(spaced(match[0], 0, match[0].length)));
  const old = [...view.matchAll(OLD_ID_CARD)].filter(
    (match) => isOldIdCard(match[0]) && !NUMBER_OF_A_CASE.test(before(view, match.index)),
  );
  return [...found, ...old].map((match) => {
    const digits = spaced(match[0], 0, match[0].length);
    return candidate(text, 'idCard', match, `${digits.slice(0, 6)}${'*'.repeat(digits.length - 8)}${digits.slice(-2)}`);
  });
}

/** GB 2260 regions of the first level; the residence permits of Hong Kong, Macao and Taiwan begin with 81–83, of foreigners with 9. */
const REGION = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)/;
const CHECK_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The check digit of GB 11643: weighted sum modulo 11. */
export function idCardCheckDigit(digits: string): string {
  const sum = CHECK_WEIGHTS.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return '10X98765432'[sum % 11] as string;
}

/** The check digit holds, or region and birthday are possible: a card number with a typing error still names a person. */
function isIdCard(digits: string): boolean {
  const possible = REGION.test(digits) && isDate(digits.slice(6, 14));
  return (
    possible ||
    (REGION.test(digits) &&
      idCardCheckDigit(digits) === digits[17]!.toUpperCase() &&
      /^(?:19|20)/.test(digits.slice(6)))
  );
}

const isOldIdCard = (digits: string) => REGION.test(digits) && isDate(`19${digits.slice(6, 12)}`);

function isDate(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8))];
  return year >= 1900 && year <= 2035 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

const MOBILE = new RegExp(`(?<![0-9A-Za-z])(?:\\+?86${GAP})?1${GAP}[3-9](?:${GAP}\\d){9}(?![0-9A-Za-z])`, 'g');

function mobiles(text: string, view: string): Candidate[] {
  return [...view.matchAll(MOBILE)].flatMap((match) => {
    if (NUMBER_OF_A_CASE.test(before(view, match.index)) || /\d[.\-]$/.test(before(view, match.index))) return [];
    const digits = spaced(match[0], 0, match[0].length).replace(/^\+?86(?=1)/, '');
    // A dictated number is mixed or written through; a date or a sum has other separators.
    return [candidate(text, 'mobile', match, `${digits.slice(0, 3)}****${digits.slice(-4)}`)];
  });
}

const BANK_CARD = new RegExp(`(?<![0-9A-Za-z])[3-69](?:[ -]?\\d){15,18}(?![0-9A-Za-z])`, 'g');

function bankCards(text: string, view: string): Candidate[] {
  return [...view.matchAll(BANK_CARD)].flatMap((match) => {
    const digits = spaced(match[0], 0, match[0].length);
    if (!passesLuhn(digits) || NUMBER_OF_A_CASE.test(before(view, match.index))) return [];
    return [candidate(text, 'bankCard', match, `${'*'.repeat(digits.length - 4)}${digits.slice(-4)}`)];
  });
}

/** ISO/IEC 7812-1 Annex B. */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const AREA_NUMBER =
  /(?<![0-9A-Za-z])(?:\(0\d{2,3}\)|0(?:10|2\d|[3-9]\d{2})[- )]?)\s?[2-8]\d{6,7}(?:[-转]\d{1,5})?(?![0-9A-Za-z])/g;
const LABELLED_NUMBER =
  /(?<=(?:家庭电话|住宅电话|座机|固话|联系电话|家里电话|回电)(?:号码)?(?:是|为)?[\s::]*)[2-8]\d{6,7}(?!\d)/g;
/** Numbers that a body or a company gives out are public (domain 6.5: offices and companies are not masked). */
const PUBLIC_NUMBER =
  /(?:热线|咨询|服务|举报|投诉|监督|值班|办公|公开|客服|总机|营业)(?:电话|热线|专线|号码)?(?:是|为)?[\s::]*$/;

function landlines(text: string, view: string): Candidate[] {
  return [...view.matchAll(AREA_NUMBER), ...view.matchAll(LABELLED_NUMBER)].flatMap((match) => {
    if (PUBLIC_NUMBER.test(before(view, match.index)) || NUMBER_OF_A_CASE.test(before(view, match.index))) return [];
    return [candidate(text, 'landline', match, `${match[0].slice(0, -4).replace(/\d(?=\d{0,3}$)/g, '*')}****`)];
  });
}

/** A candidate of what a pattern matched in a view of the text; the value is as the text itself has it. */
export function candidate(
  text: string,
  kind: PersonalKind,
  match: { index: number; 0: string },
  masked: string,
): Candidate {
  const end = match.index + match[0].length;
  return { kind, value: text.slice(match.index, end), start: match.index, end, masked };
}
