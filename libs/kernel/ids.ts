import { v7 } from 'uuid';

/** A new UUIDv7: sortable by time of creation, so indexes stay dense. */
export const newId = (): string => v7();
