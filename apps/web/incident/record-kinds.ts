/** The kinds by which the record of an incident is looked through, and the ledger events of each, by what stands before the dot. */
const KINDS = {
  handling: ['incident', 'bulk', 'disposition', 'watch', 'closeOut', 'conference', 'firstReport', 'instruction'],
  orders: ['assignment', 'dispute', 'transfer'],
  clocks: ['clock', 'escalation'],
  publication: ['statement', 'evidence'],
  items: ['item', 'items'],
} as const;

export type RecordKind = keyof typeof KINDS | 'other';
export const RECORD_KINDS = [...(Object.keys(KINDS) as (keyof typeof KINDS)[]), 'other'] as const;

/** The kind of a ledger event, such as `clocks` of `clock.overdue`. */
export function recordKind(event: string): RecordKind {
  const [topic = ''] = event.split('.');
  const found = Object.entries(KINDS).find(([, topics]) => (topics as readonly string[]).includes(topic));
  return (found?.[0] as RecordKind | undefined) ?? 'other';
}
