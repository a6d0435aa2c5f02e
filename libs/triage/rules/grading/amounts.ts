import { AMOUNT_NAMES, type Amount, type AmountName, type GradeFacts, type MatchedRow } from './grade-model.js';

export type Amounts = Partial<Record<AmountName, number>>;

/**
 * Figures as one reading sees them. Confirmed: lower bounds, dead persons only (493号). Potential: upper bounds; missing
 * and trapped persons count as dead, injured of unknown kind as serious, and unseparated casualties as either (4.4, 10.7).
 */
export function amountsOf(facts: GradeFacts, basis: MatchedRow['basis']): Amounts {
  const read = basis === 'confirmed' ? lowest : highest;
  const amounts: Amounts = {};
  for (const name of AMOUNT_NAMES) {
    const value = name in facts ? read(facts[name as keyof GradeFacts] as Amount | undefined) : undefined;
    if (value !== undefined) amounts[name] = value;
  }
  if (basis === 'potential') widen(amounts, facts);
  const illOrSerious = total(amounts.ill, amounts.seriousInjured);
  if (illOrSerious !== undefined) amounts.illOrSerious = illOrSerious;
  return amounts;
}

function widen(amounts: Amounts, facts: GradeFacts): void {
  const either = highest(facts.casualties);
  const deaths = total(amounts.deaths ?? either, highest(facts.missing), highest(facts.trapped));
  if (deaths !== undefined) amounts.deathsAndMissing = amounts.deaths = deaths;
  const injured = most(amounts.injured, either);
  if (injured !== undefined) amounts.injured = injured;
  const serious = most(amounts.seriousInjured, injured);
  if (serious !== undefined) amounts.seriousInjured = serious;
}

const lowest = (amount: Amount | undefined) => (typeof amount === 'object' ? amount.min : amount);
const highest = (amount: Amount | undefined) => (typeof amount === 'object' ? (amount.max ?? amount.min) : amount);

function total(...values: (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

function most(...values: (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
