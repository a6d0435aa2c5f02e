import { saveBodies } from '#directory/bodies.store.js';
import type { CityDirectory } from '#directory/contract.js';
import { ensureSource } from '#ingest/sources.store.js';
import type { Transaction } from '#platform/database/database.js';

/** What every installation has before anybody signs in: the bodies of its city, and the source that its hotline hands in to. */
export async function seedReferenceData(tx: Transaction, city: CityDirectory, drill: boolean): Promise<void> {
  await saveBodies(tx, [...city.bodies.values()]);
  await ensureSource(tx, {
    kind: 'hotline',
    name: `${city.name}12345热线`,
    jurisdiction: city.root.code,
    channel: '12345热线',
    drill,
  });
}
