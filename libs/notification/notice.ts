import type { NotificationTopic } from './contract.js';

/** A notice to one body about one event; the key makes it the same notice however often it is derived. */
export interface Notice {
  /** Made when it is written down, if nobody needs it before. */
  id?: string;
  /** Of a notice to one person. */
  userId?: string;
  key: string;
  /** Null of a test, which is about no incident. */
  incidentId: string | null;
  bodyId: string | null;
  topic: NotificationTopic;
  title: string;
  text: string;
  at: Date;
  drill: boolean;
}

/** A notice that was derived from an event of an incident. */
export type IncidentNotice = Notice & { incidentId: string; bodyId: string };
