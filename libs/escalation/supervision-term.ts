import { Injectable } from '@nestjs/common';
import { FrozenTexts } from '#platform/config/frozen-texts.js';
import type { Transaction } from '#platform/database/database.js';
import { ladderSubjects } from './ladder-facts.store.js';
import { LadderPolicies } from './ladder-policies.js';
import { supervisionDeadline } from './rules/ladder.js';
import type { LadderPolicy } from './rules/steps.js';

/** How long a 督办 gives: every one has its own deadline (domain 3.9), by the ladder under which the case began. */
@Injectable()
export class SupervisionTerm {
  private readonly frozen = new FrozenTexts<LadderPolicy>('ladder');

  constructor(private readonly policies: LadderPolicies) {}

  /** Null while the incident is not confirmed: then there is no ladder. */
  async deadline(tx: Transaction, incidentId: string, issuedAt: Date): Promise<Date | null> {
    const [subject] = await ladderSubjects(tx, [incidentId]);
    if (subject === undefined) return null;
    const present = new Map([[incidentId, this.policies.present]]);
    const kept = (await this.frozen.forIncidents(tx, present, { freeze: false })).get(incidentId)!;
    const policy = subject.drill ? this.policies.scaled(kept) : kept;
    return new Date(supervisionDeadline({ issuedAt: issuedAt.getTime(), level: subject.facts.level }, policy));
  }
}
