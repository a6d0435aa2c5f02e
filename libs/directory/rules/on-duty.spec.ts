import { describe, expect, it } from '@jest/globals';
import { type DutyPerson, onDutyAt } from './on-duty.js';

const at = (time: string) => new Date(`2026-03-02T${time}:00+08:00`);
const people: DutyPerson[] = [
  { id: 'head', role: 'head' },
  { id: 'speaker', role: 'spokesperson' },
  { id: 'second', role: 'deputy' },
  { id: 'desk', role: 'liaison' },
];
const day = { personId: 'desk', deputyId: null, startsAt: at('08:00'), endsAt: at('20:00') };

describe('onDutyAt', () => {
  it('takes the turn of the roster; its start belongs to it, its end to the next', () => {
    expect(onDutyAt([day], people, at('08:00'))).toEqual({ personId: 'desk', deputyId: 'second', by: 'roster' });
    expect(onDutyAt([day], people, at('20:00')).by).toBe('spokesperson');
    expect(onDutyAt([{ ...day, deputyId: 'head' }], people, at('09:00')).deputyId).toBe('head');
  });

  it('passes over somebody who has left the body', () => {
    const left = people.filter(({ id }) => id !== 'desk');
    expect(onDutyAt([day], left, at('09:00'))).toEqual({ personId: 'speaker', deputyId: 'second', by: 'spokesperson' });
  });

  it('falls back to the spokesperson, the head, the deputy', () => {
    expect(onDutyAt([], people, at('09:00')).personId).toBe('speaker');
    expect(onDutyAt([], [people[0]!], at('09:00'))).toEqual({ personId: 'head', deputyId: null, by: 'head' });
    expect(onDutyAt([], [people[2]!], at('09:00'))).toEqual({ personId: 'second', deputyId: null, by: 'nobody' });
    expect(onDutyAt([], [], at('09:00'))).toEqual({ personId: null, deputyId: null, by: 'nobody' });
  });
});
