import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { type Channel, confirmChannel, endChannel, insertChannel, lockChannel, placeOfBody } from './channels.store.js';
import { RESPONSE_EVENTS } from './events.js';
import { type ChannelKind, faultOfPrefix } from './rules/channel-address.js';

export interface ChannelRegistration {
  bodyId: string;
  kind: ChannelKind;
  name: string;
  urlPrefix: string | null;
  firstPlatform: boolean;
}

interface ChannelDecision {
  channelId: string;
  actor: Actor;
  /** Whether the actor's duty lies over a place. */
  covers: (jurisdiction: string) => boolean;
}

/** The official channels of bodies (R49): one person registers, another one confirms by name, and only then it proves anything. */
@Injectable()
export class ChannelsService {
  async register(
    tx: Transaction,
    {
      registration,
      actor,
      covers,
    }: { registration: ChannelRegistration; actor: Actor; covers: ChannelDecision['covers'] },
  ): Promise<string> {
    const place = await placeOfBody(tx, registration.bodyId);
    if (place === undefined || !covers(place))
      throw new DomainError('BODY_NOT_FOUND', 404, 'no such body', {}, 'bodyId');
    const fault = faultOfPrefix(registration.kind, registration.urlPrefix);
    if (fault !== undefined)
      throw new DomainError(
        'CHANNEL_ADDRESS',
        422,
        'a channel with pages is named by the address under which they stand, ending in “/”; others have none',
        { fault, clause: 'NT19 Art.17' },
        'urlPrefix',
      );
    const id = await insertChannel(tx, { ...registration, jurisdiction: place, by: actor });
    await this.record(tx, RESPONSE_EVENTS.channelRegistered, { id, actor }, { ...registration });
    return id;
  }

  async confirm(tx: Transaction, decision: ChannelDecision): Promise<void> {
    const channel = await this.lock(tx, decision);
    if (channel.official)
      throw new DomainError('CHANNEL_CONFIRMED', 409, 'the channel is confirmed already', {
        by: channel.confirmedByName,
      });
    if (channel.registeredBy === decision.actor.id)
      throw new DomainError('SECOND_PERSON', 403, 'who registered the channel can’t confirm it');
    await confirmChannel(tx, channel.id, decision.actor);
    const { name, bodyId, urlPrefix } = channel;
    await this.record(
      tx,
      RESPONSE_EVENTS.channelConfirmed,
      { id: channel.id, actor: decision.actor },
      { name, bodyId, urlPrefix },
    );
  }

  async end(tx: Transaction, decision: ChannelDecision & { reason: string }): Promise<void> {
    const channel = await this.lock(tx, decision);
    await endChannel(tx, channel.id, { by: decision.actor, reason: decision.reason });
    const { name, bodyId } = channel;
    const by = { id: channel.id, actor: decision.actor, reason: decision.reason };
    await this.record(tx, RESPONSE_EVENTS.channelEnded, by, { name, bodyId });
  }

  private async lock(tx: Transaction, { channelId, covers }: ChannelDecision): Promise<Channel> {
    const channel = await lockChannel(tx, channelId);
    if (channel === undefined || !covers(channel.jurisdiction ?? ''))
      throw new DomainError('CHANNEL_NOT_FOUND', 404, 'no such channel');
    return channel;
  }

  private async record(
    tx: Transaction,
    type: string,
    { id, actor, reason }: { id: string; actor: Actor; reason?: string },
    payload: Record<string, unknown>,
  ): Promise<void> {
    await appendLedger(tx, [
      { type, at: await tx.now(), actor, subjectId: id, payload, ...(reason === undefined ? {} : { reason }) },
    ]);
  }
}
