import { normaliseText } from '#kernel/text/normalise.js';
import { type Clause, clausesOf } from './clauses.js';
import { type Combined, combine, combineInjured } from './combine.js';
import { eventParts } from './event-split.js';
import { type Finding, findingsOf } from './findings.js';
import { FIGURE_NAMES, type FigureName } from './patterns.js';
import { skeletonOf, textForTraps } from './skeleton.js';
import { trapsOf } from './traps.js';
import { explicitZeros, personsWithoutNumeral } from './unnumbered.js';

/** Positions in the raw text, end exclusive. */
export interface TextSpan {
  start: number;
  end: number;
}

/** `max: null` is open upwards; `stated` is the bare numeral of the text; loss in 10 000 yuan, all else persons or households. */
export interface Figure {
  min: number;
  max: number | null;
  approx: boolean;
  stated: number;
  spans: TextSpan[];
}

export type Figures = Partial<Record<FigureName, Figure>>;

/** What a text says of an event in numbers. A kind that is absent is unknown, never zero. */
export interface FigureReport extends Figures {
  explicitZero: boolean;
  isDrill: boolean;
  isHistory: boolean;
  isRuleText: boolean;
  isRumourClaim: boolean;
  /** The figures are an increase; the total is unknown and at least as high. */
  increment: boolean;
  /** Figures by event where the text tells of several; the figures above are empty then. */
  events: Figures[];
  /** The figures cannot be bound to one event: a person reads the text. */
  needsPerson: boolean;
  /** The text was too long and its end is unread. */
  cut: boolean;
}

type ToRaw = (start: number, end: number) => TextSpan;

/** Figures of a raw text (title and body), with the traps of domain 4.6. Pure, bounded and linear; never throws. */
export function extractFigures(raw: string): FigureReport {
  const normalised = normaliseText(raw);
  const skeleton = skeletonOf(normalised.text);
  const clauses = clausesOf(skeleton.text);
  const { reasons, seen } = trapsOf(clausesOf(textForTraps(skeleton)));
  const numbered = findingsOf(skeleton, clauses, reasons);
  const all = [...numbered, ...personsWithoutNumeral(skeleton.text, clauses, reasons, numbered)];
  const rescued = ALL_RESCUED.exec(skeleton.text)?.index ?? -1;
  const kept = all.filter(({ trap, target, start }) => {
    if ((target === 'trapped' || target === 'missing') && start < rescued) return false;
    return trap === null || (trap === 'bulletin' && target !== 'deaths' && target !== 'ill');
  });
  const toRaw: ToRaw = (start, end) => ({
    start: normalised.offsetOf(skeleton.at[start]!),
    end: normalised.offsetOf(skeleton.at[end]!),
  });
  const parts = eventParts(clauses, kept);
  const several = new Set(kept.map(({ clause }) => parts[clause])).size > 1;
  const whole = several ? { figures: {}, increment: false } : figuresOf(kept, clauses, toRaw);
  const zeros = several ? false : addZeros(whole.figures, explicitZeros(skeleton.text, clauses, reasons), toRaw);
  return {
    ...whole.figures,
    explicitZero: zeros,
    isDrill: seen.has('drill'),
    isHistory: seen.has('history') && (all.some(({ trap }) => trap === 'history') || DISASTER.test(skeleton.text)),
    isRuleText: seen.has('ruleText'),
    isRumourClaim: seen.has('rumour') && (all.some(({ trap }) => trap === 'rumour') || RUMOUR.test(skeleton.text)),
    increment: whole.increment,
    events: several ? eventsOf(kept, parts, clauses, toRaw) : [],
    needsPerson: several,
    cut: normalised.cut,
  };
}

const ALL_RESCUED = /(?:均已?|全部|全都|悉数|都已)(?:被|安全|成功)*(?:救出|获救|脱险|找到|升井|脱困)/;
const RUMOUR = /谣|网传|传言|传闻|流传|据传|虚假信息|假消息|不实(?:信息|消息|传言)/;
const DISASTER = /爆炸|地震|事故|火灾|矿难|洪水|海啸|空难|沉船|惨案|灾难|大火|坍塌|泥石流/;

function figuresOf(findings: readonly Finding[], clauses: readonly Clause[], toRaw: ToRaw) {
  const figures: Figures = {};
  let increment = false;
  for (const name of FIGURE_NAMES) {
    const combined = name === 'injured' ? combineInjured(findings, clauses) : combine(findings, name, clauses);
    if (combined === undefined) continue;
    figures[name] = figureOf(combined, toRaw);
    increment ||= combined.increment;
  }
  return { figures, increment };
}

function figureOf({ min, max, approx, stated, parts }: Combined, toRaw: ToRaw): Figure {
  return { min, max, approx, stated, spans: parts.map(({ start, end }) => toRaw(start, end)) };
}

function addZeros(figures: Figures, zeros: ReturnType<typeof explicitZeros>, toRaw: ToRaw): boolean {
  let added = false;
  for (const { deaths, injured, start, end } of zeros) {
    for (const [name, says] of [
      ['deaths', deaths],
      ['injured', injured],
    ] as const) {
      if (!says || figures[name] !== undefined || figures.casualties !== undefined) continue;
      figures[name] = { min: 0, max: 0, approx: false, stated: 0, spans: [toRaw(start, end)] };
      added = true;
    }
  }
  return added;
}

function eventsOf(
  findings: readonly Finding[],
  parts: readonly number[],
  clauses: readonly Clause[],
  toRaw: ToRaw,
): Figures[] {
  const numbers = [...new Set(findings.map(({ clause }) => parts[clause]!))];
  return numbers.map(
    (part) =>
      figuresOf(
        findings.filter(({ clause }) => parts[clause] === part),
        clauses,
        toRaw,
      ).figures,
  );
}
