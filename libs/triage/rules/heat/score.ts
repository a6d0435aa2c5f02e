import type { Category, HeatLevel, IncidentGrade } from '../../contract.js';
import type { Counter } from './counters.js';
import { type AlarmPolicy, growthFactor, type GrowthPolicy, lastHour } from './growth.js';

/** Values at which a component gives none, half and all of its weight. */
export interface Scale {
  weight: number;
  zero: number;
  half: number;
  full: number;
}

export type HotSearch = 'none' | 'city' | 'national';
export type OfflineSign = 'none' | 'calledFor' | 'happening';

/** The numbers stand in `config/heat.yaml`; all are judgement (domain 4.5). */
export interface HeatPolicy {
  components: {
    mediaRank: { weight: number; ranks: Readonly<Record<string, number>> };
    volume: Scale;
    reads: Scale;
    interaction: Scale;
    growth: Scale;
    hotSearch: { weight: number; shares: Readonly<Record<HotSearch, number>> };
    offline: { weight: number; shares: Readonly<Record<OfflineSign, number>> };
  };
  levels: { I: number; II: number; III: number };
  minKnownWeight: number;
  floors: { spreadItems: number };
  growth: GrowthPolicy;
  alarm: AlarmPolicy;
}

/** What is known of an incident's spread; null is unknown, never 0. */
export interface HeatFacts {
  category: Category;
  /** The proposal, so a potential grade counts. */
  grade: IncidentGrade;
  /** Ranks of the sources that carry it. */
  ranks: readonly string[];
  items: number;
  reads: Counter | null;
  interaction: Counter | null;
  growth: number | null;
  hotSearch: HotSearch | null;
  offline: OfflineSign | null;
}

/** What the pipeline itself can see; `times` are the instants of the items, milliseconds. */
export type SeenFacts = Pick<HeatFacts, 'category' | 'grade' | 'ranks' | 'items'> & {
  times?: readonly number[];
  now?: Date;
};

/** Heat of what the feeds show. With few items in the hour a ratio of growth says nothing: it stays unknown. */
export function scoreSeen({ times, now, ...facts }: SeenFacts, policy: HeatPolicy): HeatScore {
  const growth =
    times !== undefined && now !== undefined && lastHour(times, now) >= policy.alarm.growthItems
      ? Math.round(growthFactor(times, now.getTime(), policy.growth) * 10) / 10
      : null;
  return scoreHeat({ ...facts, reads: null, interaction: null, growth, hotSearch: null, offline: null }, policy);
}

export type HeatComponentName = keyof HeatPolicy['components'];

export interface HeatComponent {
  name: HeatComponentName;
  weight: number;
  /** The measured value; null is unknown. */
  value: number | string | null;
  /** True where the value is a lower bound, so the points are one too. */
  atLeast: boolean;
  /** Of the weight; null is unknown. */
  points: number | null;
}

export interface HeatFloor {
  level: HeatLevel;
  why: 'graveEmergency' | 'widelySpread' | 'centralMedia' | 'gathering';
}

/** A proposal with its arithmetic. */
export interface HeatScore {
  /** 0–100, one decimal. */
  score: number;
  /** What the unknown could make of it: none or all of its weight. */
  range: { min: number; max: number };
  level: HeatLevel;
  /** Level of the score alone. */
  scoreLevel: HeatLevel;
  components: HeatComponent[];
  floors: HeatFloor[];
}

/** Score, level and components of an incident's heat. */
export function scoreHeat(facts: HeatFacts, policy: HeatPolicy): HeatScore {
  const components = componentsOf(facts, policy);
  const known = components.filter((component) => component.points !== null);
  const points = known.reduce((sum, component) => sum + component.points!, 0);
  const knownWeight = known.reduce((sum, component) => sum + component.weight, 0);
  const unknownWeight = components.reduce((sum, component) => sum + component.weight, 0) - knownWeight;
  // What is unknown is taken to be as hot as what is known, not as cold; with little known that would be a guess.
  const scaled = knownWeight >= policy.minKnownWeight && knownWeight > 0;
  const score = round(scaled ? (points * (knownWeight + unknownWeight)) / knownWeight : points);
  const scoreLevel = levelOf(score, policy);
  const floors = floorsOf(facts, policy);
  const level = [scoreLevel, ...floors.map((floor) => floor.level)].sort(
    (a, b) => LEVELS.indexOf(a) - LEVELS.indexOf(b),
  )[0]!;
  return {
    score,
    range: { min: round(points), max: round(points + unknownWeight) },
    level,
    scoreLevel,
    components,
    floors,
  };
}

const LEVELS: readonly HeatLevel[] = ['I', 'II', 'III', 'IV'];

function componentsOf(facts: HeatFacts, { components: c }: HeatPolicy): HeatComponent[] {
  const counted = (name: HeatComponentName, scale: Scale, counter: Counter | null): HeatComponent => ({
    name,
    weight: scale.weight,
    value: counter === null ? null : counter.value,
    atLeast: counter !== null && !counter.exact,
    points: counter === null ? null : round(scale.weight * shareOf(counter.value, scale)),
  });
  const named = (
    name: HeatComponentName,
    weight: number,
    [value, share]: [string | null, number | undefined],
  ): HeatComponent => ({
    name,
    weight,
    value,
    atLeast: false,
    points: value === null || share === undefined ? null : round(weight * share),
  });
  const exact = (value: number | null): Counter | null => (value === null ? null : { value, exact: true });
  return [
    named('mediaRank', c.mediaRank.weight, highestRank(facts.ranks, c.mediaRank.ranks)),
    counted('volume', c.volume, exact(facts.items)),
    counted('reads', c.reads, facts.reads),
    counted('interaction', c.interaction, facts.interaction),
    counted('growth', c.growth, exact(facts.growth)),
    named('hotSearch', c.hotSearch.weight, [
      facts.hotSearch,
      facts.hotSearch === null ? undefined : c.hotSearch.shares[facts.hotSearch],
    ]),
    named('offline', c.offline.weight, [
      facts.offline,
      facts.offline === null ? undefined : c.offline.shares[facts.offline],
    ]),
  ];
}

/** A rank that the policy doesn't name is unknown. */
function highestRank(
  ranks: readonly string[],
  shares: Readonly<Record<string, number>>,
): [string | null, number | undefined] {
  const known = ranks.filter((rank) => Object.hasOwn(shares, rank)).sort((a, b) => shares[b]! - shares[a]!);
  return known[0] === undefined ? [null, undefined] : [known[0], shares[known[0]]];
}

/** 0–1, by the logarithm between the three points: tenfold counts are steps, not ten times the heat. */
function shareOf(value: number, { zero, half, full }: Scale): number {
  if (value < zero) return 0;
  if (value >= full) return 1;
  const between = (low: number, high: number): number => Math.log(value / low) / Math.log(high / low);
  return value < half ? between(zero, half) / 2 : 0.5 + between(half, full) / 2;
}

function levelOf(score: number, { levels }: HeatPolicy): HeatLevel {
  return score >= levels.I ? 'I' : score >= levels.II ? 'II' : score >= levels.III ? 'III' : 'IV';
}

/** Levels below which an incident can't be, whatever its score (domain 4.5). */
function floorsOf(facts: HeatFacts, { floors }: HeatPolicy): HeatFloor[] {
  const found: HeatFloor[] = [];
  if (facts.category === 'C5' && (facts.grade === 'I' || facts.grade === 'II'))
    found.push({ level: 'II', why: 'graveEmergency' });
  // A suspected C7 has its own category: only a rumour that a named body found to be one is C7.
  if ((facts.category === 'C6' || facts.category === 'C7') && facts.items >= floors.spreadItems)
    found.push({ level: 'III', why: 'widelySpread' });
  if (facts.ranks.includes('central')) found.push({ level: 'II', why: 'centralMedia' });
  if (facts.offline === 'happening') found.push({ level: 'II', why: 'gathering' });
  return found;
}

const round = (value: number): number => Math.round(value * 10) / 10;
