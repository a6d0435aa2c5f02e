import type { Transaction } from '#platform/database/database.js';
import type { Actor } from '#platform/ledger/ledger.js';

/** The door through which later stages end the orders of an incident; this stage owns them. */
export abstract class Orders {
  /** Ends what is still with somebody: completed where it was taken up, withdrawn where it was not. */
  abstract complete(tx: Transaction, incidentId: string, actor: Actor): Promise<void>;
}
