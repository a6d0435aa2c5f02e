import path from 'node:path';
import type { CityDirectory, PlaceResolution } from '#directory/contract.js';
import { type ItemAnalysis, ItemAnalyst, type NamedFigure, type TriageItem } from './analysis.js';
import type { Category, GradeBasis, IncidentGrade } from './contract.js';
import { loadEventCues } from './event-cues.js';
import { loadGradingTables } from './grading-tables.js';
import { categoryTools, type LearnedCategories } from './model/learn-from-history.js';
import { loadCues } from './model/load-cues.js';
import { loadCategoryModel } from './model/load-model.js';
import { type CategoryTools, classifyItem } from './rules/category/classify.js';
import type { CategoryDecision, CueTables } from './rules/category/cue-tables.js';
import { CueMatcher } from './rules/category/match-cues.js';
import type { EventCues, EventJudgement } from './rules/event/event-model.js';
import { namesElsewhere } from './rules/event/find-cues.js';
import { judgeEvent } from './rules/event/judge-event.js';
import { extractFigures, type FigureReport } from './rules/figures/extract-figures.js';
import { FIGURE_NAMES } from './rules/figures/patterns.js';
import { factsFromFigures } from './rules/grading/facts-from-figures.js';
import type { GradingTable } from './rules/grading/grade-model.js';
import { proposeGrade } from './rules/grading/propose-grade.js';
import { decideRelevance } from './rules/relevance/relevance.js';
import { findOccurrence } from './rules/time/occurrence.js';

/** Stands with every decision; raised when a rule changes what it says. */
export const TRIAGE_RULES = 'triage-2';

interface Tools {
  cueTables: CueTables;
  shipped: CategoryTools;
  shippedVersion: string;
  eventCues: EventCues;
  gradingTables: GradingTable[];
  city: CityDirectory;
}

/** What stands behind the judgement of an item that was read in full. */
interface Judged {
  category: CategoryDecision;
  figures: FigureReport;
  event: EventJudgement;
  place: PlaceResolution;
}

/** Judges items by the rules of the configuration folder and the model that runs. Pure between two changes of the model. */
export class RuleAnalyst extends ItemAnalyst {
  private category: CategoryTools;
  private version: string;

  private constructor(private readonly tools: Tools) {
    super();
    this.category = tools.shipped;
    this.version = tools.shippedVersion;
  }

  /** Throws `ConfigError` with file and place of what is wrong. */
  static load(configDir: string, dataDir: string, city: CityDirectory): RuleAnalyst {
    const cueTables = loadCues(configDir);
    const { model, version } = loadCategoryModel(configDir, path.join(dataDir, 'models'));
    return new RuleAnalyst({
      cueTables,
      shipped: { cues: new CueMatcher(cueTables), model, thresholds: cueTables.thresholds },
      shippedVersion: `category-${version}`,
      eventCues: loadEventCues(configDir),
      gradingTables: loadGradingTables(configDir),
      city,
    });
  }

  /** The version that came with this release; it needs nothing but the configuration. */
  get shippedVersion(): string {
    return this.tools.shippedVersion;
  }

  /** The version that stands with every judgement from now on. */
  get modelVersion(): string {
    return this.version;
  }

  /** Judges by another model; null: by the shipped one. */
  useModel(version: string, learned: LearnedCategories | null): void {
    this.category = learned === null ? this.tools.shipped : categoryTools(this.tools.cueTables, learned);
    this.version = learned === null ? this.tools.shippedVersion : version;
  }

  analyse(item: TriageItem): ItemAnalysis {
    const { tools } = this;
    const text = `${item.title}\n${item.body}`;
    const place = tools.city.resolvePlace(text, { hotlineArea: item.area, feedRegion: item.region });
    const outside = isElsewhere(text, place, tools.eventCues);
    const category = this.classify(item, { text, place, outside, drill: false });
    // Most of what comes in: of no category and not from here. No event that it may tell of could change that.
    if (category.primary === 'NONE' && outside) return this.putAside(category, place);
    const figures = extractFigures(text);
    const event = judgeEvent({
      text,
      figures,
      publishedAt: item.publishedAt,
      now: item.receivedAt,
      isLocal: outside ? false : place.named ? true : null,
      cues: tools.eventCues,
    });
    const judged = event.kind === 'drill' ? this.classify(item, { text, place, outside, drill: true }) : category;
    return this.judge(item, { category: judged, figures, event, place, outside });
  }

  private classify(
    item: TriageItem,
    { text, place, outside, drill }: { text: string; place: PlaceResolution; outside: boolean; drill: boolean },
  ): CategoryDecision {
    return classifyItem(
      {
        text,
        sourceKind: isRequest(item) ? 'hotline' : item.channel,
        sourceRank: item.sourceRank,
        event: { drill },
        place: {
          ours: !outside,
          ...(outside && place.mentions[0] !== undefined ? { name: place.mentions[0].word } : {}),
        },
      },
      this.category,
    );
  }

  private putAside(category: CategoryDecision, place: PlaceResolution): ItemAnalysis {
    return {
      ...this.said(category, place),
      category: 'NONE',
      secondary: category.secondary,
      relevant: false,
      decision: 'noCategory',
      compared: false,
      figures: [],
      grade: 'none',
      gradeBasis: 'confirmed',
      gradeDetails: {},
      event: {},
      eventTypes: [],
      reasons: reasonsOf(category.reasons, { place }),
    };
  }

  private judge(
    item: TriageItem,
    { category, figures, event, place, outside }: Judged & { outside: boolean },
  ): ItemAnalysis {
    const primary = settle(category.primary, item, event);
    const decision = decideRelevance({
      primary,
      abstained: category.abstained,
      official: item.sourceRank === 'official',
      event,
      outside: outside || event.kind === 'otherPlace',
    });
    const grade = this.grade(primary, { event, figures, place });
    const occurrence =
      primary === 'C5' && event.real
        ? findOccurrence(`${item.title}\n${item.body}`, item.publishedAt ?? item.receivedAt)
        : undefined;
    return {
      ...this.said(category, place),
      category: primary,
      secondary: primary === category.primary ? category.secondary : [category.primary, ...category.secondary],
      relevant: decision === 'incident',
      decision,
      compared: decision !== 'notOurs',
      figures: namedFigures(figures),
      grade: grade.grade,
      gradeBasis: grade.basis,
      gradeDetails: occurrence === undefined ? grade.details : { ...grade.details, occurrence },
      event: {
        kind: event.kind,
        real: event.real,
        current: event.current,
        hasConsequence: event.hasConsequence,
        officialNotice: event.officialNotice,
        declaredGrade: event.declaredGrade,
      },
      eventTypes: event.eventTypes,
      reasons: reasonsOf(category.reasons, { place, event, figures }),
    };
  }

  /** What is said of every item alike. */
  private said({ scores, abstained, tags }: CategoryDecision, place: PlaceResolution) {
    return {
      scores,
      abstained,
      tags,
      jurisdiction: place.code,
      places: [...new Set([...place.units, ...place.mentions.map((mention) => mention.word)])],
      modelVersion: this.version,
      ruleVersion: TRIAGE_RULES,
    };
  }

  /** Only an emergency is graded; everything else has no grade, and runs on the ordinary limit (domain 4). */
  private grade(
    primary: Category,
    { event, figures, place }: { event: EventJudgement; figures: FigureReport; place: PlaceResolution },
  ): { grade: IncidentGrade; basis: GradeBasis; details: Record<string, unknown> } {
    if (primary !== 'C5') return { grade: 'none', basis: 'confirmed', details: {} };
    const facts = factsFromFigures(figures, {
      eventTypes: event.eventTypes,
      ...event.circumstances,
      ...(event.declaredGrade === null ? {} : { declared: event.declaredGrade }),
    });
    const proposal = proposeGrade({
      facts,
      tables: this.tools.gradingTables,
      jurisdiction: place.code ?? this.tools.city.root.code,
    });
    const { matched, confirmed, potential, provisional, contradiction, advisory, review, reason } = proposal;
    return {
      grade: proposal.proposal,
      basis: proposal.basis,
      details: {
        matched,
        confirmed,
        potential,
        provisional,
        contradiction,
        advisory,
        review,
        reason,
        needsPerson: figures.needsPerson,
      },
    };
  }
}

/**
 * Ours needs a place: one that the text names, the area of an order, or the region of the source. A text about another
 * province is not ours because a local paper printed it.
 */
function isElsewhere(text: string, place: PlaceResolution, cues: EventCues): boolean {
  if (place.scope === 'outside') return true;
  if (place.named || place.how === 'hotlineArea') return false;
  return place.how === 'deployment' || namesElsewhere(text, cues);
}

/** What a citizen sends to the authorities, spoken or written, as against what is published. */
const isRequest = (item: TriageItem): boolean => item.kind === 'call' || item.kind === 'message';

/**
 * One call is a request for service, however many neighbours it names: it becomes an opinion when a medium reports it or
 * when calls on the matter are many (domain 2.2.4, 6.3). A call that tells of no event is no emergency either.
 */
function settle(primary: Category, item: TriageItem, event: EventJudgement): Category {
  if (!isRequest(item)) return primary;
  return primary === 'C3' || (primary === 'C5' && event.kind === 'none') ? 'SR' : primary;
}

/** Figures by the name under which the interface labels them. */
function namedFigures(report: FigureReport): NamedFigure[] {
  return FIGURE_NAMES.flatMap((name) => {
    const figure = report[name];
    return figure === undefined ? [] : [{ label: name, min: figure.min, max: figure.max }];
  });
}

const MAX_REASONS = 60;

function reasonsOf(
  category: CategoryDecision['reasons'],
  { place, event, figures }: Pick<Judged, 'place'> & Partial<Judged>,
): unknown[] {
  const spans = FIGURE_NAMES.flatMap((name) =>
    (figures?.[name]?.spans ?? []).map((span) => ({ rule: `figure.${name}`, ...span })),
  );
  const cues = (event?.cues ?? []).map(({ word, role, start, end }) => ({
    rule: `event.${role}`,
    cue: word,
    start,
    end,
  }));
  const places = place.mentions.map(({ word, start, end }) => ({ rule: 'place', cue: word, start, end }));
  return [...category, ...cues, ...spans, ...places].slice(0, MAX_REASONS);
}
