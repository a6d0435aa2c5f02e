import { createHash } from 'node:crypto';
import { readFeedDate } from './dates.js';
import type { ItemDraft } from '../contract.js';
import { deidentify } from './deidentify.js';
import { halfWidth } from './personal-numbers.js';

/** An order of a hotline before it is an item; empty strings where nothing was given. */
export interface HotlineFacts {
  number: string;
  occurredAt: string;
  title: string;
  content: string;
  channel: string;
  requestType: string;
  spoken: boolean;
  area: string;
  matter: string;
  caller: { name: string; phone: string };
  /** Further fields that are kept beside the item, masked. */
  more: Record<string, string>;
  year?: number;
}

export interface FieldFault {
  field: string;
  code: string;
  reason: string;
}

const TITLE_CHARACTERS = 40;
const MAX_NUMBER_CHARACTERS = 64;

/** The item of an order, with caller and every personal number taken out of the text; or the field that is wrong. */
export function hotlineDraft(facts: HotlineFacts): ItemDraft | { fault: FieldFault } {
  const number = halfWidth(facts.number).replace(/\s+/g, '');
  if (lostDigits(number))
    return fault('number', 'HOTLINE_NUMBER_LOST', 'the spreadsheet has rounded the number; export it as text');
  if (number.length > MAX_NUMBER_CHARACTERS)
    return fault('number', 'HOTLINE_NUMBER_TOO_LONG', `more than ${MAX_NUMBER_CHARACTERS} characters`);
  if (facts.title === '' && facts.content === '')
    return fault('content', 'HOTLINE_NO_CONTENT', 'neither a title nor a text');
  const occurredAt = facts.occurredAt === '' ? undefined : officeTime(facts.occurredAt, facts.year);
  if (facts.occurredAt !== '' && occurredAt === undefined) return timeFault(facts.occurredAt);
  const content = deidentify(facts.content || facts.title);
  const title = deidentify(facts.title || firstSentence(facts.content));
  const contentSha256 = createHash('sha256').update(`${title.text}\n${content.text}`).digest('hex');
  const phone = halfWidth(facts.caller.phone).replace(/[\s-]/g, '');
  const personal = [
    ...(facts.caller.name === '' ? [] : [{ kind: 'name', value: facts.caller.name }]),
    ...(phone === '' || lostDigits(phone) || /\*/.test(phone)
      ? []
      : [{ kind: /^1[3-9]\d{9}$/.test(phone) ? 'mobile' : 'landline', value: phone }]),
    ...content.found.map(({ kind, value }) => ({ kind: kind as string, value })),
  ];
  const more = Object.fromEntries(Object.entries(facts.more).map(([key, value]) => [key, deidentify(value).text]));
  const raw = {
    ...more,
    ...(facts.channel === '' ? {} : { channel: facts.channel }),
    ...(facts.matter === '' ? {} : { matter: facts.matter }),
  };
  return {
    // Without a number the order is what it says and when: the same row in the next export is the same order.
    identityKey:
      number ||
      createHash('sha256')
        .update(`${occurredAt?.toISOString() ?? ''}\n${contentSha256}`)
        .digest('hex'),
    kind: facts.spoken ? 'call' : 'message',
    title: title.text,
    body: content.text,
    contentSha256,
    ...(occurredAt === undefined ? {} : { occurredAt, publishedAt: occurredAt }),
    ...(facts.area === '' ? {} : { area: facts.area }),
    ...(number === '' ? {} : { workOrderNumber: number }),
    ...(facts.requestType === '' ? {} : { requestType: facts.requestType }),
    raw,
    ...(personal.length === 0 ? {} : { personal: distinct(personal) }),
  };
}

const fault = (field: string, code: string, reason: string): { fault: FieldFault } => ({
  fault: { field, code, reason },
});

function timeFault(value: string): { fault: FieldFault } {
  const yearless = /^\d{1,2}\s*月\s*\d{1,2}\s*日/.test(halfWidth(value));
  return yearless
    ? fault('occurredAt', 'HOTLINE_TIME_WITHOUT_YEAR', `the time has no year: ${value.slice(0, 40)}`)
    : fault('occurredAt', 'HOTLINE_BAD_TIME', `not a time: ${value.slice(0, 40)}`);
}

/** `1.38E+10` stands for more digits than it shows; taking it for a number would invent them. */
const lostDigits = (value: string) =>
  /^\d(?:\.\d+)?E\+?\d+$/i.test(value) &&
  value.replace(/E.*$/i, '').replace('.', '').length < Number(/E\+?(\d+)$/i.exec(value)?.[1]) + 1;

/** A time as the office writes it, in Asia/Shanghai: text, serial day of a spreadsheet, or a date without year where one is given. */
export function officeTime(value: string, year?: number): Date | undefined {
  const text = halfWidth(value).trim();
  // Serial days 20 000 to 80 000 are the years 1954 to 2119.
  if (/^[2-7]\d{4}(?:\.\d+)?$/.test(text))
    return new Date(Date.UTC(1899, 11, 30) + Math.round(Number(text) * 86_400) * 1000 - 8 * 3_600_000);
  const yearless = year === undefined ? null : /^(\d{1,2}\s*月\s*\d{1,2}\s*日.*)$/.exec(text);
  return readFeedDate(yearless === null ? text : `${year}年${yearless[1]}`)?.instant;
}

function firstSentence(content: string): string {
  const line =
    content
      .replace(/^[\s\S]{0,40}?(?:诉求|反映)\s*[::]\s*/, '')
      .split(/[\n。!?!?;;]/)
      .find((part) => part.trim() !== '') ?? content;
  return line.trim().slice(0, TITLE_CHARACTERS);
}

function distinct(personal: { kind: string; value: string }[]): { kind: string; value: string }[] {
  return [...new Map(personal.map((piece) => [`${piece.kind}\n${piece.value}`, piece])).values()];
}
