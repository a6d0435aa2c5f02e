import { z } from 'zod';
import type { ItemDraft } from '../contract.js';
import { type FieldFault, hotlineDraft } from './hotline-draft.js';

const line = (max: number) => z.string().trim().max(max);
const shortText = line(200).default('');

/**
 * One order as a hotline sends it. Numbers are strings, so that leading zeros and long ids stay; times are ISO 8601 (without a
 * zone: Asia/Shanghai). Unknown fields are refused, so that a misspelt field is noticed at once and not months later.
 */
export const hotlineMessage = z.strictObject({
  number: line(64).min(1),
  occurredAt: line(40).min(1),
  title: line(500).default(''),
  content: line(50_000).min(1),
  channel: shortText,
  requestType: shortText,
  matter: shortText,
  area: shortText,
  place: line(500).default(''),
  urgency: shortText,
  body: shortText,
  dueAt: line(40).default(''),
  result: line(20_000).default(''),
  confidential: z.boolean().default(false),
  caller: z.strictObject({ name: shortText, phone: line(40).default('') }).default({ name: '', phone: '' }),
});
export type HotlineMessage = z.input<typeof hotlineMessage>;

/** Spoken channels in messages; a table brings the city's own words. */
const SPOKEN = /电话|来电|语音|热线|话务|^phone$|^call$/i;

/** One JSON message as an item, or the field that is wrong: `field` is its path, `code` HOTLINE_BAD_MESSAGE or that of the fault. */
export function readHotlineMessage(message: unknown): ItemDraft | { fault: FieldFault } {
  const parsed = hotlineMessage.safeParse(message);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].join(
      '.',
    );
    return { fault: { field, code: 'HOTLINE_BAD_MESSAGE', reason: issue?.message ?? 'invalid' } };
  }
  const { number, occurredAt, title, content, channel, requestType, matter, area, caller, confidential, ...more } =
    parsed.data;
  const kept = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== ''));
  return hotlineDraft({
    number,
    occurredAt,
    title,
    content,
    channel,
    requestType,
    matter,
    area,
    spoken: SPOKEN.test(channel),
    caller,
    more: confidential ? { ...kept, confidential: '是' } : kept,
  });
}
