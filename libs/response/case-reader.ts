import type { Transaction } from '#platform/database/database.js';

/** What came in on an incident, as the response may use it: matters and where they stand, nothing on who wrote. */
export interface CaseItem {
  id: string;
  title: string;
  body: string;
  url: string | null;
  sourceName: string;
  channel: string;
  publishedAt: Date | null;
  receivedAt: Date;
  contentSha256: string;
}

/** One entry of the ledger on an incident. */
export interface CaseEvent {
  at: Date;
  type: string;
  actorName: string;
  reason: string | null;
}

/** Items and timeline belong to other stages; this one reads them through a port. */
export abstract class CaseReader {
  abstract items(tx: Transaction, incidentId: string, limit: number): Promise<CaseItem[]>;
  abstract timeline(tx: Transaction, incidentId: string, limit: number): Promise<CaseEvent[]>;
}
