import type { Jurisdiction, PlaceContext, PlaceMention, PlaceResolution } from '../contract.js';
import type { Gazetteer, PlaceSense } from './gazetteer.js';
import { blankOut, isSetting, readsAsPlace, SAYS_BORDER } from './place-context.js';

/** What the resolution needs to know of a city. */
export interface PlaceIndex {
  gazetteer: Gazetteer;
  root: Jurisdiction;
  jurisdictions: ReadonlyMap<string, Jurisdiction>;
  above: readonly string[];
  sayings: readonly string[];
  /** Units exist below the root (not for a single bureau). */
  hasUnits: boolean;
  /** Areas and regions already read; sources repeat the same few. */
  hints: Map<string, Hint>;
}

/** Bound of the memory of areas and regions: names from outside must not fill it. */
const MAX_HINTS = 2000;

interface Found extends PlaceMention {
  senses: readonly PlaceSense[];
}

export type Hint =
  { kind: 'unit'; code: string } | { kind: 'city' } | { kind: 'outside'; names: readonly string[] } | { kind: 'none' };

/**
 * Finds the jurisdiction of a text (属地; domain 5.5): longest names first; the text decides, then the hotline's area, then
 * the region of the source, then the installation. Namesakes are told apart by names of the chain in the text, then by
 * area and region; a namesake that stays open gives the city level with its candidates as alternatives.
 */
export function resolvePlace(text: string, context: PlaceContext, index: PlaceIndex): PlaceResolution {
  const found = findPlaces(text, index);
  const area = hintOf(context.hotlineArea, index);
  const region = hintOf(context.feedRegion, index);
  const { units, open, outside, city } = weigh(text, found, { area, region }, index);
  const answer = answerer(found, index, city || units.size > 0 || open.size > 0);
  const border = SAYS_BORDER.test(text);
  if (units.size >= 2) return answer({ code: index.root.code, scope: 'several', how: 'text', units: [...units] });
  if ((units.size === 1 || city) && outside && border)
    return answer({ code: index.root.code, scope: 'acrossCities', how: 'text', units: [...units] });
  if (units.size === 1) return answer({ code: [...units][0]!, scope: 'unit', how: 'text', units: [...units] });
  if (outside && !city && (area.kind === 'none' || area.kind === 'outside'))
    return answer({ code: null, scope: 'outside', how: 'text', units: [] });
  if (open.size > 0)
    return answer({ code: index.root.code, scope: 'city', how: 'ambiguous', units: [], alternatives: [...open] });
  for (const [hint, how] of [
    [area, 'hotlineArea'],
    [region, 'feedRegion'],
  ] as const) {
    if (hint.kind === 'unit') return answer({ code: hint.code, scope: 'unit', how, units: [hint.code] });
    if (hint.kind === 'outside' && !city) return answer({ code: null, scope: 'outside', how, units: [] });
    if (hint.kind === 'city')
      return answer({ code: index.root.code, scope: 'city', how: city ? 'text' : how, units: [] });
  }
  return answer({ code: index.root.code, scope: 'city', how: city ? 'text' : 'deployment', units: [] });
}

function findPlaces(text: string, index: PlaceIndex): Found[] {
  const readable = blankOut(text, index.sayings);
  return index.gazetteer
    .cut(readable)
    .filter((hit) => readsAsPlace(readable, hit))
    .map(({ word, start, end, value }) => ({
      word,
      start,
      end,
      senses: value.senses,
      codes: value.senses.flatMap((s) => (s.unit === null ? [] : [s.unit])),
    }));
}

/** Reads the area of an order or the region of a source, e.g. `启东市`, `北京市`, `江苏省南通市`. */
function hintOf(name: string | null | undefined, index: PlaceIndex): Hint {
  if (name === null || name === undefined || name.trim() === '') return { kind: 'none' };
  const known = index.hints.get(name);
  if (known !== undefined) return known;
  const hint = readHint(name, index);
  if (index.hints.size < MAX_HINTS) index.hints.set(name, hint);
  return hint;
}

function readHint(name: string, index: PlaceIndex): Hint {
  const hits = index.gazetteer.cut(name.trim());
  const own = [...new Set(hits.flatMap((h) => h.value.senses.flatMap((s) => (s.unit === null ? [] : [s.unit]))))];
  const units = own.filter((code) => code !== index.root.code);
  if (units.length === 1) return { kind: 'unit', code: units[0]! };
  if (own.length > 0) return { kind: 'city' };
  if (index.above.some((n) => name.includes(n)) && hits.length === 0) return { kind: 'none' };
  const last = hits.at(-1);
  return {
    kind: 'outside',
    names: last === undefined ? [name] : [name, ...hits.map((h) => h.word), ...(last.value.senses[0]?.above ?? [])],
  };
}

interface Weighed {
  units: Set<string>;
  /** Candidates of namesakes that nothing decides between. */
  open: Set<string>;
  outside: boolean;
  city: boolean;
}

function weigh(
  text: string,
  found: readonly Found[],
  { area, region }: { area: Hint; region: Hint },
  index: PlaceIndex,
): Weighed {
  const words = new Set(found.map((f) => f.word));
  const result: Weighed = { units: new Set(), open: new Set(), outside: false, city: false };
  const doubtful: PlaceSense[][] = [];
  const zones = new Set<string>();
  for (const mention of found) {
    // Other cities have roads that are called like ours: 南通路上 told elsewhere is an address there (domain 5.5).
    if (region.kind === 'outside' && text[mention.end] === '路') continue;
    const own = mention.senses.filter((s) => s.unit !== null);
    const rootSense = own.some((s) => s.unit === index.root.code);
    if (own.length === 0) {
      // A county elsewhere, or the chain above a namesake that is ours.
      if (
        !namesChainOfOwn(mention, found) &&
        (region.kind === 'outside' || SAYS_BORDER.test(text) || isSetting(text, mention))
      )
        result.outside = true;
    } else if (rootSense) {
      result.city = true;
    } else if (elsewhere(mention, words, region, area)) result.outside = true;
    else if (own.every((s) => s.kind === 'generic')) own.forEach((s) => zones.add(s.unit!));
    else if (new Set(own.map((s) => s.unit)).size === 1) result.units.add(own[0]!.unit!);
    else doubtful.push(own);
  }
  for (const senses of doubtful) {
    const codes = [...new Set(senses.map((s) => s.unit!))];
    const settled =
      codes.find((c) => result.units.has(c)) ??
      codes.find((c) => area.kind === 'unit' && area.code === c) ??
      codes.find((c) => region.kind === 'unit' && region.code === c);
    if (settled !== undefined) result.units.add(settled);
    else codes.forEach((c) => result.open.add(c));
  }
  // 开发区 behind another unit's name, or on the area field of another unit, is that unit's zone.
  if (result.units.size === 0 && result.open.size === 0 && area.kind !== 'unit' && region.kind !== 'unit')
    zones.forEach((c) => result.units.add(c));
  return result;
}

/** A name of ours that here means its namesake elsewhere: the text names the other chain, or the source is of another region. */
function elsewhere(mention: Found, words: ReadonlySet<string>, region: Hint, area: Hint): boolean {
  const other = mention.senses.filter((s) => s.unit === null);
  const own = mention.senses.filter((s) => s.unit !== null);
  if (own.some((s) => s.above.some((n) => words.has(n)))) return false;
  if (other.some((s) => s.above.some((n) => words.has(n)))) return true;
  if (area.kind === 'unit' || area.kind === 'city') return false;
  if (region.kind !== 'outside') return false;
  // A former or official name of ours is ours wherever it is told, unless it has a namesake or is a town's that is not unique.
  return other.length > 0 || own.every((s) => !s.unique || s.kind === 'bare' || s.kind === 'ordinary');
}

/** `北京市` in 北京市通州区 belongs to the county behind it. */
function namesChainOfOwn(mention: Found, found: readonly Found[]): boolean {
  const next = found.find((f) => f.start === mention.end);
  return (
    next !== undefined &&
    next.senses.every((s) => s.unit !== null) &&
    next.senses.some((s) => s.above.includes(mention.word))
  );
}

function answerer(found: readonly Found[], index: PlaceIndex, named: boolean) {
  const mentions = found.map(({ word, start, end, codes }) => ({ word, start, end, codes: [...new Set(codes)] }));
  return (
    part: Pick<PlaceResolution, 'code' | 'scope' | 'how' | 'units'> & { alternatives?: string[] },
  ): PlaceResolution => {
    const scope = !index.hasUnits && part.scope === 'city' ? 'unit' : part.scope;
    return { alternatives: [], ...part, scope, chain: chainOf(part.code, index), mentions, named };
  };
}

function chainOf(code: string | null, index: PlaceIndex): string[] {
  if (code === null) return [];
  const chain: string[] = [];
  for (let at: string | null = code; at !== null; at = index.jurisdictions.get(at)?.parent ?? null) {
    const place = index.jurisdictions.get(at);
    if (place === undefined) break;
    chain.unshift(place.name);
  }
  return [...index.above.filter((n) => !chain.includes(n)), ...chain];
}
