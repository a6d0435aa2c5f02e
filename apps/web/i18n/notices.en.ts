import type { noticesEventsZh, noticesProblemsZh, noticesZh } from './notices.zh-CN.js';
import type { Texts } from './texts.js';

export const noticesEn: Texts<typeof noticesZh> = {
  noticeChannels: {
    title: 'Notice channels',
    hint: 'Notices reach people over these channels. “Send a test” sends you a notice on the way on which every notice goes.',
    kinds: { inApp: 'Within the product' },
    reaches: 'Reaches',
    reach: { bodies: 'responding bodies', persons: 'persons' },
    pending: 'Waiting',
    oldest: 'oldest from',
    day: 'Last 24 hours',
    delivered: '{{count}} delivered',
    failed: '{{count}} failed',
    lastDelivered: 'Last delivery',
    lastError: 'Last error',
    noError: 'No error',
    never: 'Nothing delivered yet',
    test: 'Send a test',
    asked: 'Given to the delivery process; its arrival is shown below',
    tests: 'My tests',
    noTests: 'Not tried yet. “Send a test” shows how long a notice takes.',
    askedAt: 'Sent',
    result: 'Result',
    took: 'arrived {{at}}, after {{span}}',
    waiting: 'waiting',
    waitingLong: 'waiting, attempt {{count}} failed: {{error}}',
    gaveUp: 'not delivered: {{error}}',
  },
  installation: {
    parts: {
      api: 'Interface',
      ingest: 'Intake',
      triage: 'Assessment',
      clocks: 'Clocks',
      delivery: 'Delivery',
      auditor: 'Auditor',
    },
    checks: {
      clocksFiredInTime: 'Limits fire in time',
      overdueClocksHaveFirings: 'Every overdue limit has its firing',
      firingsStandInLedger: 'Every firing stands in the ledger',
      nothingFiredEarly: 'Nothing fired early',
      ledgerIsSealed: 'The ledger is sealed in time',
      sealsAreGapFree: 'The seals have no gap',
      consumersKeepUp: 'Every stage keeps up with the ledger',
      itemsAreTriaged: 'Items are assessed in time',
    },
  },
};

export const noticesProblemsEn: Texts<typeof noticesProblemsZh> = {
  NOTICE_CHANNEL_NOT_FOUND: 'There is no such notice channel',
  TOO_MANY_CHANNEL_TESTS: 'At most five tests in ten minutes: try again later',
};

export const noticesEventsEn: Texts<typeof noticesEventsZh> = { 'notice.testAsked': 'Notice channel tried' };
