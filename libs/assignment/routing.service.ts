import { Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import type { Transaction } from '#platform/database/database.js';
import { appendLedger, type LedgerEntry, systemActor } from '#platform/ledger/ledger.js';
import type { LedgerSubscription, SealedEntry } from '#platform/ledger/subscription.js';
import { TRIAGE_EVENTS } from '#triage/contract.js';
import { ASSIGNMENT_EVENTS } from './events.js';
import { type RoutingSubject, routingSubjects, saveProposal } from './proposals.store.js';
import { activeScores } from './scores.store.js';
import { proposeRouting } from './rules/routing/propose-routing.js';
import type { LearntScores, RoutingProposal } from './rules/routing/types.js';

/** The version of the rules that stands with every proposal. */
export const ROUTING_RULES = 'routing-1';

/** Proposes the responding body of new incidents, with the reason (NT19 Art.19). A named person assigns. */
@Injectable()
export class RoutingService implements LedgerSubscription {
  readonly consumer = 'routing';
  readonly types = [
    TRIAGE_EVENTS.proposed,
    TRIAGE_EVENTS.itemsLinked,
    TRIAGE_EVENTS.split,
    ASSIGNMENT_EVENTS.returnAccepted,
  ];

  constructor(private readonly directory: Directory) {}

  async handle(tx: Transaction, entries: SealedEntry[]): Promise<void> {
    const ids = [...new Set(entries.map((entry) => entry.incidentId).filter((id) => id !== null))];
    const now = await tx.now();
    const ledger: LedgerEntry[] = [];
    const learnt = await activeScores(tx);
    for (const subject of await routingSubjects(tx, ids)) {
      const proposal = this.propose(subject, now, learnt?.scores);
      if (!(await saveProposal(tx, subject.incidentId, toRow(proposal), now))) continue;
      ledger.push({
        type: ASSIGNMENT_EVENTS.proposed,
        at: now,
        actor: systemActor('triage'),
        incidentId: subject.incidentId,
        subjectId: subject.incidentId,
        rule: `${ROUTING_RULES} ${proposal.rule}${learnt === undefined ? '' : ` ${learnt.version}`}`,
        payload: {
          bodyId: proposal.lead?.bodyId ?? null,
          coBodyIds: proposal.coResponders.map((co) => co.bodyId),
          jurisdiction: proposal.jurisdiction.code,
          sentence: proposal.sentence,
          drill: subject.drill,
        },
      });
    }
    await appendLedger(tx, ledger);
  }

  /** Every text of the incident counts, the longest first: a headline alone often names no place. */
  propose(subject: RoutingSubject, now: Date, learnt?: LearntScores): RoutingProposal {
    return proposeRouting(
      {
        text: subject.text,
        hotlineArea: subject.area,
        feedRegion: subject.region,
        ...(subject.area === null ? {} : { clusterSize: subject.itemCount }),
        returns: subject.returns,
        categories: [subject.category],
        eventTypes: subject.eventTypes,
        now,
        ...(learnt === undefined ? {} : { learnt }),
      },
      this.directory.city,
    );
  }
}

function toRow(proposal: RoutingProposal) {
  return {
    jurisdiction: proposal.jurisdiction.code,
    leadBodyId: proposal.lead?.bodyId ?? null,
    coBodyIds: proposal.coResponders.map((co) => co.bodyId),
    copyBodyIds: proposal.copies.map((copy) => copy.bodyId),
    coordinatorIds: proposal.coordinators.map((coordinator) => coordinator.bodyId),
    rule: proposal.rule,
    ruleVersion: ROUTING_RULES,
    proposal: {
      sentence: proposal.sentence,
      rules: proposal.rules,
      place: proposal.jurisdiction,
      matched: proposal.matched.slice(0, 50),
      rejected: proposal.rejected.slice(0, 10),
      tasks: proposal.coResponders,
      suggestion: proposal.suggestion,
      disputed: proposal.disputed,
      leadDecisionBy: proposal.leadDecisionBy,
      sharedMatter: proposal.sharedMatter,
    },
  };
}
