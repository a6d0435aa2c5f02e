import { Injectable } from '@nestjs/common';
import { ReturnTerms } from '#assignment/returns.service.js';
import type { ReturnLimits } from '#assignment/rules/return-limit.js';
import { ClockPolicies } from '#clocks/keeper.service.js';
import type { Amount } from '#clocks/policy/contract.js';
import { ConfigError } from '#kernel/error.js';
import { GRADES, type Incident } from '#triage/contract.js';

const MINUTES: Partial<Record<Amount['unit'], number>> = { millisecond: 1 / 60_000, minute: 1, hour: 60, day: 1_440 };

/** Limits of a return as the clock pack of the incident states them (domain 3.8); in a drill on the drill's scale. */
@Injectable()
export class PackReturnTerms extends ReturnTerms {
  constructor(private readonly policies: ClockPolicies) {
    super();
  }

  limitsOf(incident: Incident): ReturnLimits {
    const { returnLimits } = this.policies.packFor(incident.policyPack, incident.drill).terms;
    const minutes = ({ amount, unit }: Amount): number => {
      const factor = MINUTES[unit];
      if (factor === undefined)
        throw new ConfigError(`policy pack ${incident.policyPack}`, `a return limit can't be counted in ${unit}`);
      return amount * factor;
    };
    return { fastMinutes: minutes(returnLimits.fast), otherMinutes: minutes(returnLimits.other) };
  }

  isFast(incident: Incident): boolean {
    const { fastFrom } = this.policies.packFor(incident.policyPack, incident.drill);
    return GRADES.indexOf(incident.grade) <= GRADES.indexOf(fastFrom);
  }
}
