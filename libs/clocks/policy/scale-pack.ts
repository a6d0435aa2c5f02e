import type { Amount, ClockRule, PolicyPack, Unit } from './contract.js';

/** Hours of a unit in a drill: a working day has 24 drill hours, a work minute is a minute. */
const DRILL_HOURS: Partial<Record<Unit, number>> = {
  millisecond: 1 / 3_600_000,
  minute: 1 / 60,
  workminute: 1 / 60,
  hour: 1,
  day: 24,
  workday: 24,
};

/**
 * The same pack on a smaller scale, for drills: every amount of a public or inner clock becomes natural time of
 * `millisecondsPerHour` for each hour. Duties (months, quarters, fixed dates) are left as they are; no drill runs them.
 */
export function scalePack(pack: PolicyPack, millisecondsPerHour: number): PolicyPack {
  if (!(millisecondsPerHour > 0)) throw new RangeError('millisecondsPerHour must be positive');
  const scale = <Part extends Amount>(part: Part): Part => {
    const hours = DRILL_HOURS[part.unit];
    return hours === undefined
      ? part
      : { ...part, amount: Math.round(part.amount * hours * millisecondsPerHour), unit: 'millisecond' };
  };
  const scaleRule = (rule: ClockRule): ClockRule => {
    if (rule.ring === 'duty' || rule.amount === null) return rule;
    return {
      ...rule,
      ...scale({ amount: rule.amount, unit: rule.unit }),
      calendar: 'natural',
      dayRule: 'from-instant',
      lastDayRule: 'none',
      extendable: rule.extendable === null ? null : { ...rule.extendable, max: scale(rule.extendable.max) },
    };
  };
  const { returnLimits } = pack.terms;
  return {
    ...pack,
    terms: { ...pack.terms, returnLimits: { fast: scale(returnLimits.fast), other: scale(returnLimits.other) } },
    versions: pack.versions.map((version) => ({ ...version, rules: version.rules.map(scaleRule) })),
  };
}

/** Packs on one scale of drills; the same object for the same pack. */
export function drillScale(millisecondsPerHour: number): (pack: PolicyPack) => PolicyPack {
  const scaled = new WeakMap<PolicyPack, PolicyPack>();
  return (pack) => {
    const known = scaled.get(pack) ?? scalePack(pack, millisecondsPerHour);
    scaled.set(pack, known);
    return known;
  };
}
