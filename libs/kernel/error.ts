/**
 * A refusal that a caller can act on. `code` is stable and never translated; `params` fill the sentence that the
 * client shows; `where` names the place of the fault (field, row, byte, line) when there is one.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly params: Readonly<Record<string, unknown>> = {},
    readonly where?: string,
  ) {
    super(message);
    this.name = 'DomainError';
  }
}

/** Configuration, policy packs and other data that are wrong at start: the message names file and line or the variable. */
export class ConfigError extends Error {
  constructor(
    readonly source: string,
    message: string,
  ) {
    super(`${source}: ${message}`);
    this.name = 'ConfigError';
  }
}
