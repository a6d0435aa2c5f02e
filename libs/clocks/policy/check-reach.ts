import type { Body, CityDirectory } from '#directory/contract.js';
import type { FindingCode, PackFinding } from './check-pack.js';

/** The seven monitoring categories (NT19 Art.18). */
const CATEGORIES = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7'] as const;
type Category = (typeof CATEGORIES)[number];
/** Who leads an emergency, in order: the first that the place has (assignment rule A10). */
const EMERGENCY_LEADS = ['EMER', 'HEAL', 'POLICE', 'FIRE', 'ENV'];
const NAMED_AT_MOST = 5;

/** Whether somebody in the body can take an order; without it only the bodies themselves are looked at. */
export type Reachable = (bodyId: string) => boolean;

/**
 * Every category of every place must reach a body with a person who can take an order; what no rule places must reach the
 * queue. Bodies that have nobody are named: an order to them would be signed by none.
 */
export function checkReach(city: CityDirectory, reachable?: Reachable): PackFinding[] {
  const places = [...city.jurisdictions.values()].filter(({ level }) => level !== 'town');
  return [
    ...checkQueue(city, reachable),
    ...places.flatMap((place) => [
      ...CATEGORIES.flatMap((category) => checkCategory(city, { place, category }, reachable)),
      ...(reachable === undefined ? [] : checkPeople(city, place, reachable)),
    ]),
  ];
}

type Place = { code: string; name: string };

function checkQueue(city: CityDirectory, reachable?: Reachable): PackFinding[] {
  const queue = city.bodyFor(city.root.code, city.roles.queue);
  if (queue === undefined)
    return [
      error(city.root.name, 'noQueue', { code: city.roles.queue }, `no body keeps the queue (${city.roles.queue})`),
    ];
  if (reachable !== undefined && !reachable(queue.id))
    return [
      error(
        city.root.name,
        'queueEmpty',
        { body: queue.name },
        `${queue.name} keeps the queue and has nobody who can take an order`,
      ),
    ];
  return [];
}

function checkCategory(
  city: CityDirectory,
  { place, category }: { place: Place; category: Category },
  reachable?: Reachable,
): PackFinding[] {
  const bodies = bodiesFor(city, place.code, category);
  const where = `${place.name} ${category}`;
  if (bodies.length === 0) return [error(where, 'reachesNoBody', {}, 'reaches no body')];
  if (reachable !== undefined && !bodies.some(({ id }) => reachable(id)))
    return [
      error(
        where,
        'reachesNobody',
        { bodies: named(bodies) },
        `reaches ${named(bodies)}, and nobody there can take an order`,
      ),
    ];
  return [];
}

/** The bodies that a matter of the category may go to at a place or above it. */
function bodiesFor(city: CityDirectory, jurisdiction: string, category: Category): Body[] {
  const codes =
    category === 'C5' ? EMERGENCY_LEADS : category === 'C7' ? city.roles.rumourTransfer : [...city.types.keys()];
  const found = codes.flatMap((code) => city.bodyFor(jurisdiction, code) ?? []);
  return [...new Map(found.map((body) => [body.id, body])).values()];
}

function checkPeople(city: CityDirectory, place: Place, reachable: Reachable): PackFinding[] {
  const own = [...city.bodies.values()].filter(({ jurisdiction }) => jurisdiction === place.code);
  const empty = own.filter(({ id }) => !reachable(id));
  if (empty.length === 0) return [];
  const message = `${empty.length} of ${own.length} bodies have nobody who can take an order: ${named(empty)}`;
  const values = { empty: empty.length, all: own.length, bodies: named(empty) };
  return [{ severity: 'warning', where: place.name, code: 'bodiesEmpty', values, message }];
}

const error = (where: string, code: FindingCode, values: PackFinding['values'], message: string): PackFinding => ({
  severity: 'error',
  where,
  code,
  values,
  message,
});
const named = (bodies: readonly Body[]): string =>
  bodies
    .slice(0, NAMED_AT_MOST)
    .map(({ name }) => name)
    .join('、') + (bodies.length > NAMED_AT_MOST ? ' …' : '');
