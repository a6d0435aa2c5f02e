/** One notice to one body or person over one channel. `inApp` is always there; others follow the body's settings. */
export type DeliveryChannel = 'inApp';

export const NOTIFICATION_TOPICS = [
  'assignment',
  'dueSoon',
  'overdue',
  'reminder',
  'supervision',
  'referral',
  'returned',
  'evidence',
  'dispute',
  'test',
] as const;
export type NotificationTopic = (typeof NOTIFICATION_TOPICS)[number];

/** What a channel is. A kind may stand for several channels, such as two groups of one messenger. */
export const CHANNEL_KINDS = ['inApp'] as const;
export const ADDRESSEES = ['bodies', 'persons'] as const;
export interface ChannelDescription {
  id: DeliveryChannel;
  kind: (typeof CHANNEL_KINDS)[number];
  reaches: readonly (typeof ADDRESSEES)[number][];
}

/** Every channel of the installation, in the order in which it is shown. */
export const NOTICE_CHANNELS: readonly ChannelDescription[] = [
  { id: 'inApp', kind: 'inApp', reaches: ['bodies', 'persons'] },
];

/** Entries that this stage writes to the ledger. `subjectId` is the notice. */
export const NOTIFICATION_EVENTS = { testAsked: 'notice.testAsked' } as const;
