import type { NotificationTopic } from './contract.js';

/** A notice to one body about one event; the key makes it the same notice however often it is derived. */
export interface Notice {
  /** Of a notice to one person. */
  userId?: string;
  key: string;
  incidentId: string;
  bodyId: string;
  topic: NotificationTopic;
  title: string;
  text: string;
  at: Date;
  drill: boolean;
}
