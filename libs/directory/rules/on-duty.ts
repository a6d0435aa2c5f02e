/** A turn of duty, as far as the choice needs it. */
export interface DutyTurn {
  personId: string;
  deputyId: string | null;
  startsAt: Date;
  endsAt: Date;
}

/** Somebody of the body on that day. */
export interface DutyPerson {
  id: string;
  role: 'head' | 'spokesperson' | 'deputy' | 'liaison';
}

/** Who is told first, and who when the first doesn't sign in time (AB 角). */
export interface OnDuty {
  personId: string | null;
  deputyId: string | null;
  by: 'roster' | 'spokesperson' | 'head' | 'nobody';
}

/**
 * Who is on duty for a body at an instant: the roster's turn (its start belongs to it, its end to the next), else the spokesperson, else
 * the head. Somebody of the roster who has left the body counts no more; the B 角 of a turn without one is the body's deputy.
 */
export function onDutyAt(turns: readonly DutyTurn[], persons: readonly DutyPerson[], at: Date): OnDuty {
  const here = new Set(persons.map((person) => person.id));
  const running = turns
    .filter((turn) => turn.startsAt <= at && at < turn.endsAt)
    .sort((a, b) => b.startsAt.getTime() - a.startsAt.getTime());
  const turn = running.find(({ personId }) => here.has(personId));
  const standIn = persons.find((person) => person.role === 'deputy')?.id ?? null;
  const otherThan = (id: string | null, person: string) => (id === person ? null : id);
  if (turn !== undefined) {
    const deputy = turn.deputyId !== null && here.has(turn.deputyId) ? turn.deputyId : standIn;
    return { personId: turn.personId, deputyId: otherThan(deputy, turn.personId), by: 'roster' };
  }
  for (const role of ['spokesperson', 'head'] as const) {
    const person = persons.find((candidate) => candidate.role === role);
    if (person !== undefined) return { personId: person.id, deputyId: otherThan(standIn, person.id), by: role };
  }
  return { personId: standIn, deputyId: null, by: 'nobody' };
}
