/** When something is known to have begun; null where it is unknown. */
export interface EventStamps {
  occurredAt: Date | null;
  firstPublicAt: Date | null;
}

/** Whether a proof would lie before what it answers: such a one answers something else. An unknown beginning excludes nothing. */
export function liesBeforeEvent(at: Date, { occurredAt, firstPublicAt }: EventStamps): boolean {
  const begun = occurredAt ?? firstPublicAt;
  return begun !== null && at < begun;
}
