import type { DeliveryChannel, NotificationTopic } from './contract.js';

/** A notice that waits to be handed over. */
export interface WaitingNotice {
  id: string;
  /** The same however often it is handed over: a channel that can, drops the second. */
  key: string;
  channel: DeliveryChannel;
  topic: NotificationTopic;
  bodyId: string | null;
  userId: string | null;
  title: string;
  text: string;
  drill: boolean;
  /** Which attempt this is, from 1. */
  attempt: number;
}

/** The receipt of a channel, or why there is none; `final`: it would be refused again. */
export type Receipt = { taken: true } | { taken: false; reason: string; final?: boolean };

/** A way on which notices reach people. */
export interface NoticeChannel {
  readonly id: DeliveryChannel;
  /** Hands a notice over. It may be called twice with the same key when a process dies in between. */
  send(notice: WaitingNotice): Promise<Receipt>;
}

/** Notices within the product: who is signed in reads them there, so that being kept is having arrived. */
export class InAppChannel implements NoticeChannel {
  readonly id = 'inApp';

  send(): Promise<Receipt> {
    return Promise.resolve({ taken: true });
  }
}
