import type { EffectFacts, EffectResult, EffectWeights, ScoreLine, StatementEffect } from './effect-facts.js';

const HOUR_MS = 3_600_000;
const WINDOW_HOURS = 48;
const round = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits;
const share = (list: readonly { doubting: boolean }[]): number | null =>
  list.length === 0 ? null : round(list.filter((item) => item.doubting).length / list.length, 3);

/** The middle one of distances, by nearest rank. */
function median(hours: readonly number[]): number | null {
  if (hours.length === 0) return null;
  const sorted = [...hours].sort((a, b) => a - b);
  return round(sorted[Math.ceil(sorted.length / 2) - 1]!, 2);
}

function effectOf(facts: EffectFacts, statement: EffectFacts['statements'][number]): StatementEffect {
  const at = statement.publishedAt.getTime();
  const near = facts.items.map((item) => ({ ...item, hours: (item.at.getTime() - at) / HOUR_MS }));
  const before = near.filter(({ hours }) => hours < 0 && hours >= -WINDOW_HOURS);
  const after = near.filter(({ hours }) => hours >= 0 && hours <= WINDOW_HOURS);
  return {
    id: statement.id,
    publishedAt: statement.publishedAt,
    itemsBefore: before.length,
    itemsAfter: after.length,
    halfLifeBeforeHours: median(before.map(({ hours }) => -hours)),
    halfLifeAfterHours: median(after.map(({ hours }) => hours)),
    doubtBefore: share(before),
    doubtAfter: share(after),
    ...repeatedClaims(facts.claimTimes, at),
  };
}

/** Claims that stood before a statement, and those of them that came again after it: what it did not settle. */
function repeatedClaims(
  claimTimes: EffectFacts['claimTimes'],
  at: number,
): Pick<StatementEffect, 'claimsBefore' | 'claimsRepeated'> {
  const windowMs = WINDOW_HOURS * HOUR_MS;
  const before = claimTimes.filter((times) =>
    times.some((time) => time.getTime() < at && time.getTime() >= at - windowMs),
  );
  const again = before.filter((times) => times.some((time) => time.getTime() >= at && time.getTime() <= at + windowMs));
  return { claimsBefore: before.length, claimsRepeated: again.length };
}

/** Items of each whole hour from the first one on. */
function hourly(items: EffectFacts['items']): { from: number; counts: number[] } {
  if (items.length === 0) return { from: 0, counts: [] };
  const times = items.map((item) => item.at.getTime());
  const from = Math.floor(Math.min(...times) / HOUR_MS);
  const last = Math.floor(Math.max(...times) / HOUR_MS);
  const counts = Array.from({ length: Math.min(last - from + 1, 24 * 90) }, () => 0);
  for (const time of times) {
    const hour = Math.floor(time / HOUR_MS) - from;
    if (hour < counts.length) counts[hour]! += 1;
  }
  return { from, counts };
}

/** Scores a handled case (domain 7.9). Pure: weights are data, facts are stored, nothing is asked for here. */
export function evaluateEffect(facts: EffectFacts, weights: EffectWeights): EffectResult {
  const statements = facts.statements.map((statement) => effectOf(facts, statement));
  const volume = volumeOf(facts, weights);
  const lines = [...timeLines(facts, weights), ...contentLines(facts, weights), ...procedureLines(facts, weights)];
  lines.push(...effectLines(statements, volume, weights), ...feedbackLines(facts, weights));
  const missingElements = Object.entries(facts.elements).flatMap(([name, state]) =>
    state === 'missing' ? [name] : [],
  );
  return {
    score: round(lines.reduce((sum, line) => sum + line.points, 0)),
    lines,
    statements,
    peakPerHour: volume.peak,
    lastDayPerHour: volume.lastDay,
    secondWave: volume.secondWave,
    missingElements,
    proposedGrounds: groundsOf(facts, weights, volume.secondWave),
  };
}

interface Volume {
  peak: number;
  lastDay: number;
  secondWave: boolean;
}

function volumeOf(facts: EffectFacts, weights: EffectWeights): Volume {
  const { from, counts } = hourly(facts.items);
  const peak = Math.max(0, ...counts);
  const first = facts.statements[0];
  const last = facts.statements.at(-1);
  if (first === undefined || last === undefined) return { peak, lastDay: peak, secondWave: false };
  const after = facts.items.filter(
    ({ at }) => at >= last.publishedAt && at.getTime() < last.publishedAt.getTime() + 24 * HOUR_MS,
  ).length;
  const border = Math.floor(first.publishedAt.getTime() / HOUR_MS) - from;
  const peakBefore = Math.max(0, ...counts.slice(0, Math.max(0, border + 1)));
  // The hours right after a statement carry its echo; a second wave is one that comes when it had quietened.
  const later = counts.slice(Math.max(0, border + 6));
  const secondWave = peakBefore > 1 && later.some((count) => count >= peakBefore * weights.secondWaveShare);
  return { peak, lastDay: round(after / 24, 2), secondWave };
}

function timeLines({ fast, firstReleaseHours }: EffectFacts, { time }: EffectWeights): ScoreLine[] {
  const steps = fast ? time.fast : time.other;
  const reached = firstReleaseHours === null ? undefined : steps.find((step) => firstReleaseHours <= step.withinHours);
  return [
    {
      part: 'time',
      item: 'firstRelease',
      points: reached?.points ?? 0,
      maximum: steps[0]!.points,
      facts: { hours: firstReleaseHours === null ? null : round(firstReleaseHours, 2), class: fast ? 'fast' : 'other' },
    },
  ];
}

function contentLines({ elements, claims }: EffectFacts, { content }: EffectWeights): ScoreLine[] {
  const lines = Object.entries(elements).map(([item, state]): ScoreLine => ({
    part: 'content',
    item,
    points: state === 'missing' ? 0 : content.element,
    maximum: content.element,
    facts: { state },
  }));
  const answered = claims.total === 0 ? 1 : claims.answered / claims.total;
  lines.push({
    part: 'content',
    item: 'claims',
    points: round(content.claims * answered),
    maximum: content.claims,
    facts: { answered: claims.answered, total: claims.total },
  });
  return lines;
}

function procedureLines(facts: EffectFacts, { procedure }: EffectWeights): ScoreLine[] {
  const line = (item: string, maximum: number, reached: boolean, state: string): ScoreLine => ({
    part: 'procedure',
    item,
    points: reached ? maximum : 0,
    maximum,
    facts: { state },
  });
  const { firstReport, severalBodies, wordingAgreed, figuresDiffer, fast, topLeaderSpoke } = facts;
  const alike = !figuresDiffer && (!severalBodies || wordingAgreed);
  return [
    line('review', procedure.review, facts.gatesByThree, facts.gatesByThree ? 'complete' : 'incomplete'),
    line(
      'firstReport',
      procedure.firstReport,
      firstReport === 'onTime' || firstReport === null,
      firstReport ?? 'notAsked',
    ),
    line('wording', procedure.wording, alike, alike ? 'alike' : 'differs'),
    line(
      'topLeader',
      procedure.topLeader,
      !fast || topLeaderSpoke,
      fast ? (topLeaderSpoke ? 'spoke' : 'open') : 'notAsked',
    ),
  ];
}

function effectLines(
  statements: StatementEffect[],
  { peak, lastDay, secondWave }: Volume,
  { effect }: EffectWeights,
): ScoreLine[] {
  const answered = statements.length > 0;
  const fall = !answered ? 0 : peak === 0 ? 1 : Math.max(0, 1 - lastDay / peak);
  const first = statements[0];
  const [before, after] = [first?.doubtBefore ?? null, first?.doubtAfter ?? null];
  const calmer = answered && (after === null || after === 0 || (before !== null && after < before));
  return [
    {
      part: 'effect',
      item: 'volume',
      points: round(effect.volume * fall),
      maximum: effect.volume,
      facts: { peak, lastDay },
    },
    {
      part: 'effect',
      item: 'doubt',
      points: calmer ? effect.doubt : 0,
      maximum: effect.doubt,
      facts: { before, after },
    },
    {
      part: 'effect',
      item: 'noSecondWave',
      points: answered && !secondWave ? effect.noSecondWave : 0,
      maximum: effect.noSecondWave,
      facts: { state: secondWave ? 'wave' : answered ? 'none' : 'unanswered' },
    },
  ];
}

function feedbackLines({ verification, handling, rectified }: EffectFacts, { feedback }: EffectWeights): ScoreLine[] {
  const half = (state: EffectFacts['handling'], maximum: number) =>
    state === 'onTime' ? maximum : state === 'late' ? maximum / 2 : 0;
  return [
    {
      part: 'feedback',
      item: 'verification',
      points: half(verification, feedback.verification),
      maximum: feedback.verification,
      facts: { state: verification },
    },
    {
      part: 'feedback',
      item: 'handling',
      points: half(handling, feedback.handling),
      maximum: feedback.handling,
      facts: { state: handling },
    },
    {
      part: 'feedback',
      item: 'rectified',
      points: rectified ? feedback.rectified : 0,
      maximum: feedback.rectified,
      facts: { state: rectified ? 'done' : 'open' },
    },
  ];
}

/** The three grounds of YW18 二(四), each with the facts that speak for it. */
function groundsOf(
  facts: EffectFacts,
  { grounds }: EffectWeights,
  secondWave: boolean,
): EffectResult['proposedGrounds'] {
  const signs: Record<string, boolean> = {
    // One that is not due yet is no ground.
    firstReportLate: facts.firstReport === 'late',
    elementMissing: Object.values(facts.elements).includes('missing'),
    corrected: facts.corrected,
    figuresDiffer: facts.figuresDiffer,
    publicLimitMissed: facts.publicLimitMissed,
    handlingLate: facts.handling === 'late',
    secondWave,
  };
  return Object.entries(grounds).flatMap(([ground, names]) => {
    const found = names.filter((name) => signs[name] === true);
    return found.length === 0 ? [] : [{ ground, signs: found }];
  });
}
