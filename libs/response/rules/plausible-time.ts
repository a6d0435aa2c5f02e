/** When something is known to have begun; null where it is unknown. */
export interface EventStamps {
  occurredAt: Date | null;
  firstPublicAt: Date | null;
}

/** Whether a proof would lie before what it answers: such a one answers something else. An unknown beginning excludes nothing. */
export function liesBeforeEvent(at: Date, stamps: EventStamps): boolean {
  const begun = begunAt(stamps);
  return begun !== null && at < begun;
}

/** When the event is known to have begun. */
export const begunAt = ({ occurredAt, firstPublicAt }: EventStamps): Date | null => occurredAt ?? firstPublicAt;
