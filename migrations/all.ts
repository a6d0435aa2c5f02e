import { Platform1764000000001 } from './0001-platform.js';
import { Accounts1764000000002 } from './0002-accounts.js';
import { Ingest1764000000003 } from './0003-ingest.js';
import { Incidents1764000000004 } from './0004-incidents.js';
import { Response1764000000005 } from './0005-response.js';
import { Clocks1764000000006 } from './0006-clocks.js';
import { Reporting1764000000007 } from './0007-reporting.js';
import { Monitoring1764000000008 } from './0008-monitoring.js';

/** In order. New ones go to the end; a migration that has run anywhere is never edited. */
export const MIGRATIONS = [
  Platform1764000000001,
  Accounts1764000000002,
  Ingest1764000000003,
  Incidents1764000000004,
  Response1764000000005,
  Clocks1764000000006,
  Reporting1764000000007,
  Monitoring1764000000008,
];
