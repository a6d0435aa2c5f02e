import type { GradeBasis, IncidentGrade } from '../../contract.js';
import { type Amounts, amountsOf } from './amounts.js';
import {
  AMOUNT_NAMES,
  type AmountName,
  type Bounds,
  CIRCUMSTANCES,
  type ComputedGrade,
  type GradeFacts,
  type GradeProposal,
  type GradingRow,
  type GradingTable,
  type MatchedRow,
} from './grade-model.js';

const RANK: Readonly<Record<IncidentGrade, number>> = { I: 4, II: 3, III: 2, IV: 1, none: 0, unknown: -1 };
const isFast = (grade: IncidentGrade) => RANK[grade] >= RANK.II;
const higher = (a: IncidentGrade, b: IncidentGrade) => (RANK[b] > RANK[a] ? b : a);

/** Judgement: deaths of an event whose type no table knows are measured as an accident's, and a person looks; silence could miss the fast clocks. */
const DEFAULT_TYPE = 'production';

export interface GradeQuestion {
  facts: GradeFacts;
  tables: readonly GradingTable[];
  /** Division code of the place, for tables that hold in one province; null = unknown. */
  jurisdiction: string | null;
}

/**
 * Grade from figures: every criterion of every type of the event, the highest grade wins (domain 4.2). Confirmed figures
 * and figures that count missing and trapped persons are graded apart (4.4). A higher grade named by an authority raises
 * the proposal, a lower one is a contradiction for a person to decide (10.10). Pure; never throws.
 */
export function proposeGrade({ facts: told, tables, jurisdiction }: GradeQuestion): GradeProposal {
  const here = tables.filter((table) => holdsIn(table, jurisdiction));
  const isGraded = told.eventTypes.some((type) => here.some((table) => table.eventTypes.includes(type)));
  const facts = isGraded ? told : { ...told, eventTypes: [DEFAULT_TYPE] };
  const certain = matchAll(here, facts, 'confirmed');
  const possible = matchAll(here, facts, 'potential');
  const confirmed = gradeOf(certain, facts, here, 'confirmed');
  const potential = higher(confirmed, gradeOf(possible, facts, here, 'potential'));
  const computed = higher(confirmed, potential);
  const declared = facts.declared;
  const raised = declared !== undefined && RANK[declared] > RANK[computed];
  const deciding = [...certain, ...possible.filter((row) => !certain.some((other) => sameRow(other, row)))].filter(
    (row) => !row.advisory,
  );
  const upheld = declared !== undefined && RANK[declared] >= RANK[potential];
  return {
    confirmed,
    potential,
    proposal: raised ? declared : computed,
    basis: basisOf(declared, computed, confirmed),
    provisional: isFast(potential) && RANK[potential] > RANK[confirmed] && !upheld,
    fastFromPotential: isFast(potential) && !isFast(confirmed) && !isFast(declared ?? 'none'),
    contradiction: declared !== undefined && computed !== 'unknown' && declared !== computed,
    matched: deciding.map(shown).sort((a, b) => RANK[b.grade] - RANK[a.grade]),
    advisory: certain.filter((row) => row.advisory).map(shown),
    review:
      (!isGraded && deciding.length > 0) ||
      deciding.some(({ review, standing, grade }) => grade === computed && (review || standing === 'L')),
    reason: computed === 'unknown' ? 'noFigures' : computed === 'none' ? 'noNationalRow' : null,
  };
}

function basisOf(declared: ComputedGrade | undefined, computed: IncidentGrade, confirmed: IncidentGrade): GradeBasis {
  if (declared !== undefined && RANK[declared] >= RANK[computed]) return 'declared';
  return RANK[computed] > RANK[confirmed] ? 'potential' : 'confirmed';
}

type Match = MatchedRow & { advisory: boolean; review: boolean };
type Basis = MatchedRow['basis'];

const sameRow = (a: Match, b: Match) => a.table === b.table && a.row === b.row && a.grade === b.grade;
const shown = ({ advisory: _advisory, review: _review, ...row }: Match): MatchedRow => row;

function holdsIn({ provinces, exceptProvinces }: GradingTable, jurisdiction: string | null): boolean {
  const province = jurisdiction?.slice(0, 2) ?? '';
  return (provinces?.includes(province) ?? true) && !(exceptProvinces?.includes(province) ?? false);
}

function rowsFor(table: GradingTable, eventTypes: readonly string[]): GradingRow[] {
  return table.rows.filter((row) =>
    eventTypes.some(
      (type) =>
        table.eventTypes.includes(type) && (row.only?.includes(type) ?? true) && !(row.not?.includes(type) ?? false),
    ),
  );
}

function matchAll(tables: readonly GradingTable[], facts: GradeFacts, basis: Basis): Match[] {
  const amounts = amountsOf(facts, basis);
  return tables.flatMap((table) =>
    rowsFor(table, facts.eventTypes)
      .filter((row) => reaches(row, amounts, facts))
      .map((row) => {
        const figure = AMOUNT_NAMES.find((name) => row.when[name] !== undefined)!;
        const { document, article, advisory } = table;
        const standing = row.standing ?? table.standing;
        const place = { table: table.id, row: row.id, grade: row.grade, document, article, standing };
        return { ...place, figure, value: amounts[figure]!, unit: unitOf(figure), basis, advisory, review: row.review };
      }),
  );
}

function reaches({ when }: GradingRow, amounts: Amounts, facts: GradeFacts): boolean {
  if (CIRCUMSTANCES.some((name) => when[name] === true && facts[name] !== true)) return false;
  return AMOUNT_NAMES.every((name) => when[name] === undefined || within(amounts[name], when[name]));
}

function within(value: number | undefined, { from, above, below }: Bounds): boolean {
  if (value === undefined) return false;
  return (
    (from === undefined || value >= from) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below)
  );
}

/** `none`: figures are known and no row is reached; `unknown`: no figure that any row asks for is known. */
function gradeOf(
  matches: readonly Match[],
  facts: GradeFacts,
  tables: readonly GradingTable[],
  basis: Basis,
): IncidentGrade {
  const deciding = matches.filter((row) => !row.advisory);
  if (deciding.length > 0) return deciding.map(({ grade }) => grade as IncidentGrade).reduce(higher);
  const amounts = amountsOf(facts, basis);
  const asked = tables.flatMap((table) => rowsFor(table, facts.eventTypes).flatMap((row) => Object.keys(row.when)));
  return asked.some((name) => amounts[name as AmountName] !== undefined) ? 'none' : 'unknown';
}

function unitOf(figure: AmountName): string {
  if (figure === 'lossWan') return 'wanYuan';
  if (figure === 'households') return 'households';
  if (figure === 'hours' || figure === 'blockedHours') return 'hours';
  return figure === 'waterSourceLevel' ? 'level' : figure === 'provincesHit' ? 'provinces' : 'persons';
}
