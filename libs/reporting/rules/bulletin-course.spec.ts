import { describe, expect, it } from '@jest/globals';
import { bulletinStanding, objectionsEnd, rectificationDay } from './bulletin-course.js';

const at = (text: string) => Date.parse(`${text}+08:00`);

describe('a frozen bulletin', () => {
  it('may be objected to until the end of the last day', () => {
    expect(objectionsEnd(at('2026-12-28T10:00'), 7)).toBe(at('2027-01-05T00:00'));
    expect(rectificationDay(at('2026-12-28T23:59'), 15)).toBe('2027-01-12');
  });

  it('is final when the time is over and every objection is decided, and never once it was replaced', () => {
    const until = at('2027-01-05T00:00');
    const standing = (undecided: number, now: number, supersededBy: string | null = null) =>
      bulletinStanding({ objectionsUntil: until, undecided, supersededBy }, now);
    expect(standing(1, until - 1)).toBe('objections');
    expect(standing(1, until)).toBe('deciding');
    expect(standing(0, until)).toBe('final');
    expect(standing(0, until, '云舆通〔2027〕1号')).toBe('superseded');
    expect(bulletinStanding({ objectionsUntil: null, undecided: 0, supersededBy: null }, 0)).toBe('final');
  });
});
