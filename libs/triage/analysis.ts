import type { Category, GradeBasis, IncidentGrade } from './contract.js';

/** What triage is told of an item. */
export interface TriageItem {
  id: string;
  kind: string;
  title: string;
  body: string;
  channel: string;
  area: string | null;
  region: string | null;
  jurisdiction: string;
  drill: boolean;
  sourceRank: string;
  occurredAt: Date | null;
  publishedAt: Date | null;
  receivedAt: Date;
}

/** A figure that the text names, as a range; `max: null` is open upwards. */
export interface NamedFigure {
  label: string;
  min: number;
  max: number | null;
}

/** What the rules and the model say of one item. Everything in it is a proposal with its reasons. */
export interface ItemAnalysis {
  category: Category;
  secondary: Category[];
  scores: Record<string, number>;
  abstained: boolean;
  tags: string[];
  /** False for what the office need not look at: no category, another place, drill, fiction … */
  relevant: boolean;
  /** Why it is or is not relevant, for the list of what was put aside; `unsure` waits for a person. */
  decision:
    'incident' | 'serviceRequest' | 'unsure' | 'notOurs' | 'notReal' | 'officialVoice' | 'noCategory' | 'duplicate';
  /**
   * Whether copies of it are sought: not of what is from elsewhere. Nine of ten texts of a county's feeds are, nobody looks at
   * them, and seeking their copies cost the database more than everything else (docs/adr/0007).
   */
  compared: boolean;
  jurisdiction: string | null;
  places: string[];
  figures: NamedFigure[];
  grade: IncidentGrade;
  gradeBasis: GradeBasis;
  gradeDetails: Record<string, unknown>;
  event: Record<string, unknown>;
  eventTypes: string[];
  reasons: unknown[];
  modelVersion: string;
  ruleVersion: string;
}

/** Judges items; pure given its loaded model, tables and gazetteer. */
export abstract class ItemAnalyst {
  abstract analyse(item: TriageItem): ItemAnalysis;
}
