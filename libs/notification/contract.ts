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
] as const;
export type NotificationTopic = (typeof NOTIFICATION_TOPICS)[number];
