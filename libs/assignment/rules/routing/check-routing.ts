import type { CityDirectory } from '#directory/contract.js';
import { proposeRouting } from './propose-routing.js';

/** The seven monitoring categories (NT19 Art.18). */
const CATEGORIES = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7'] as const;

export interface RoutingFinding {
  severity: 'error' | 'warning';
  where: string;
  message: string;
}

/**
 * Routes a text of each kind of matter at each place of a city by the rules themselves: a case that names the place and the
 * matter must have a lead or the queue, whatever its category, and that body must exist. With `reachable`, a lead in which
 * nobody can take an order is an error for the queue and a warning elsewhere.
 */
export function checkRouting(
  city: CityDirectory,
  now: Date,
  reachable?: (bodyId: string) => boolean,
): RoutingFinding[] {
  const findings: RoutingFinding[] = [];
  const silent = new Map<string, Set<string>>();
  for (const place of city.jurisdictions.values()) {
    if (place.level === 'town') continue;
    for (const [what, text, categories] of samplesOf(city, place.name)) {
      const { lead, suggestion, coordinators } = proposeRouting({ text, categories, now }, city);
      const addressee = lead ?? suggestion ?? coordinators[0] ?? null;
      const where = `${place.name} ${what}`;
      if (addressee === null) findings.push({ severity: 'error', where, message: `“${text}” reaches nobody` });
      else if (!city.bodies.has(addressee.bodyId))
        findings.push({ severity: 'error', where, message: `“${text}” goes to ${addressee.bodyId}, which is no body` });
      else if (reachable !== undefined && !reachable(addressee.bodyId))
        silent.set(addressee.bodyId, (silent.get(addressee.bodyId) ?? new Set()).add(where));
    }
  }
  const queue = city.bodyFor(city.root.code, city.roles.queue)?.id;
  for (const [bodyId, wheres] of silent)
    findings.push({
      severity: bodyId === queue ? 'error' : 'warning',
      where: [...wheres].slice(0, 3).join('、') + (wheres.size > 3 ? ' …' : ''),
      message: `${city.bodies.get(bodyId)!.name} leads it, and nobody there can take an order`,
    });
  return findings;
}

/** A matter of each kind of body by its first strong word, and for each category a text without any matter. */
function samplesOf(city: CityDirectory, place: string): [what: string, text: string, categories: string[]][] {
  return [
    ...CATEGORIES.map((category): [string, string, string[]] => [
      category,
      `${place}有居民反映一件事，希望有关部门回应。`,
      [category],
    ]),
    ...[...city.types.values()].flatMap(({ code, strong }): [string, string, string[]][] =>
      strong[0] === undefined ? [] : [[code, `${place}居民反映${strong[0]}的问题一直没有人处理。`, ['C3']]],
    ),
  ];
}
