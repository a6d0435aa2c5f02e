import { Platform1764000000001 } from './0001-platform.js';
import { Accounts1764000000002 } from './0002-accounts.js';
import { Ingest1764000000003 } from './0003-ingest.js';
import { Incidents1764000000004 } from './0004-incidents.js';
import { Response1764000000005 } from './0005-response.js';
import { Clocks1764000000006 } from './0006-clocks.js';
import { Reporting1764000000007 } from './0007-reporting.js';
import { Monitoring1764000000008 } from './0008-monitoring.js';
import { Triage1764000000009 } from './0009-triage.js';
import { DirectoryCourse1764000000010 } from './0010-directory.js';
import { ResponseCourse1764000000011 } from './0011-response-course.js';
import { ReportObjections1764000000012 } from './0012-report-objections.js';
import { ClockCourse1764000000013 } from './0013-clocks.js';
import { IncidentList1764000000014 } from './0014-incident-list.js';
import { ItemJudgement1764000000015 } from './0015-item-judgement.js';
import { ReportActs1764000000025 } from './0025-report-acts.js';
import { Presence1764000000035 } from './0035-presence.js';
import { ReportPortions1764000000036 } from './0036-report-portions.js';
import { ThirdPartyEvaluations1764000000040 } from './0040-third-party-evaluations.js';
import { NoticeChannels1764000000044 } from './0044-notice-channels.js';
import { WebhookKeys1764000000045 } from './0045-webhook-keys.js';
import { ReportTopics1764000000047 } from './0047-report-topics.js';

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
  Triage1764000000009,
  DirectoryCourse1764000000010,
  ResponseCourse1764000000011,
  ReportObjections1764000000012,
  ClockCourse1764000000013,
  IncidentList1764000000014,
  ItemJudgement1764000000015,
  ReportActs1764000000025,
  Presence1764000000035,
  ReportPortions1764000000036,
  ThirdPartyEvaluations1764000000040,
  NoticeChannels1764000000044,
  WebhookKeys1764000000045,
  ReportTopics1764000000047,
];
