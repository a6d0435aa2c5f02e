import type { CityDirectory } from '#directory/contract.js';

/** The supervision office (督查室): it is told of every proposal, and decides (NT19 Art.20). */
export const supervisionOffice = (city: CityDirectory): string | null =>
  city.bodyFor(city.root.code, city.roles.supervision)?.id ?? null;

/** The authority that a referral (问责移送) goes to; NT19 Art.20 names the supervisory commission, today 纪委监委. */
export const disciplineOf = (city: CityDirectory): string | null =>
  city.bodyFor(city.root.code, city.roles.discipline)?.id ?? null;
