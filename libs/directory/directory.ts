import type { CityDirectory } from './contract.js';

/** The directory of this installation, loaded and checked at start; a token for injection. */
export abstract class Directory {
  abstract readonly city: CityDirectory;
}
