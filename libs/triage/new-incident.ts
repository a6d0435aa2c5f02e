import type { CityDirectory } from '#directory/contract.js';
import { officeYear } from '#kernel/time.js';
import type { Actor, LedgerEntry } from '#platform/ledger/ledger.js';
import type { TriageItem } from './analysis.js';
import { type Incident, TRIAGE_EVENTS } from './contract.js';
import type { NewIncident } from './incidents.store.js';
import type { HeatScore } from './rules/heat/score.js';

export const TITLE_CHARACTERS = 60;

/** What an item is called: its title, or the beginning of its text. */
export const titleOfItem = ({ title, body }: Pick<TriageItem, 'title' | 'body'>): string =>
  (title.trim() === '' ? body.trim() : title.trim()).slice(0, TITLE_CHARACTERS) || '（无标题）';

/** The series of incident numbers of a city and year, such as `云舆〔2026〕`. */
export const incidentSeries = ({ numberPrefix }: Pick<CityDirectory, 'numberPrefix'>, now: Date): string =>
  `${numberPrefix}舆〔${officeYear(now)}〕`;

/** Heat as an incident carries it. */
export const heatFields = ({ level, score, range, components, floors }: HeatScore) => ({
  heatLevel: level,
  heatScore: score,
  heatDetails: { range, components, floors },
});

/** The item that a proposal is made of, and what is said of it. */
export type Beginning = Pick<
  Incident,
  | 'category'
  | 'categories'
  | 'grade'
  | 'gradeBasis'
  | 'gradeDetails'
  | 'jurisdiction'
  | 'drill'
  | 'policyPack'
  | 'itemCount'
  | 'follows'
> & {
  item: Pick<TriageItem, 'id' | 'title' | 'body' | 'occurredAt' | 'publishedAt' | 'receivedAt'>;
  heat: HeatScore;
};

/** A proposal as it begins, with the stamps of its item; a publication that lies ahead is no stamp. */
export function newProposal({ item, heat, ...said }: Beginning, now: Date): NewIncident {
  const firstPublicAt = item.publishedAt !== null && item.publishedAt <= now ? item.publishedAt : null;
  return {
    ...said,
    ...heatFields(heat),
    title: titleOfItem(item),
    state: 'proposed',
    occurredAt: item.occurredAt,
    firstPublicAt,
    detectedAt: item.receivedAt,
    gradedAt: null,
    stampSources: {
      detectedAt: `item:${item.id}`,
      ...(firstPublicAt === null ? {} : { firstPublicAt: `item:${item.id}` }),
    },
    lastItemAt: item.receivedAt,
    representativeItemId: item.id,
  };
}

/** That a proposal was made: by the rules (`rule`), or by a person who took an item up. */
export function proposedEntry(
  created: { id: string; number: string },
  incident: NewIncident,
  made: { at: Date; actor: Actor; rule?: string },
): LedgerEntry {
  const { category, grade, gradeBasis, representativeItemId, jurisdiction, drill, follows } = incident;
  return {
    type: TRIAGE_EVENTS.proposed,
    ...made,
    incidentId: created.id,
    subjectId: created.id,
    payload: {
      number: created.number,
      category,
      grade,
      basis: gradeBasis,
      itemId: representativeItemId,
      jurisdiction,
      drill,
      ...(follows === null ? {} : { follows }),
      ...(made.rule === undefined ? { takenUp: true } : {}),
    },
  };
}
