import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { CaseReader } from './case-reader.js';
import { isRepost } from './repeats.js';
import { ResponsePolicy } from './response-policy.js';
import { isAcknowledgementOnly } from './rules/acknowledgement.js';
import { claimsOf, type MatchedClaim, matchClaims } from './rules/claims.js';
import { type CopiedRun, copiedRuns, copiedShare } from './rules/copied-text.js';
import { type FigureConflict, figureConflicts } from './rules/draft-figures.js';
import { foreignDuty, type SpokenMatter } from './rules/own-duties.js';
import type { StatementState } from './rules/statement-states.js';
import { type WordingDeviation, wordingDeviations } from './rules/wording.js';
import { PersonalDataReader, publicTextOf, secrecyWordsIn } from './statement-review.js';
import { findStatement, type Statement, statementsOf } from './statements.store.js';
import { wordingOf } from './wording.store.js';

/** Reads the figures of a text. The reading belongs to triage, so this stage asks through a port. */
export abstract class FigureReader {
  /** Figures by name; a figure that the text does not name is absent. */
  abstract read(text: string): Record<string, number>;
}

/** Reads which duties a text is of. The catalogue's words belong to assignment, so this stage asks through a port. */
export abstract class DutyReader {
  abstract matters(text: string, now: Date): SpokenMatter[];
  abstract ownDuty(bodyId: string): { code: string; speaksForAll: boolean };
}

/** What a draft should be looked at for before it goes out. Everything here is told to people and decides nothing. */
export interface DraftGuard {
  claims: MatchedClaim[];
  copied: CopiedRun[];
  copiedShare: number;
  /** Says again what was said: no progress. */
  repost: boolean;
  figureConflicts: FigureConflict[];
  wording: WordingDeviation[];
  personalData: { kind: string; start: number; end: number; text: string }[];
  /** The texts of the draft with personal data masked; null when there are none. */
  masked: { title: string; body: string; cause: string; solution: string; constraints: string } | null;
  /** The duties that the text seems to be of, where none is its body's own. */
  foreignDuty: SpokenMatter | null;
  secrecyWords: string[];
  acknowledgementOnly: boolean;
}

/** Texts that no longer speak for the incident. */
const SILENT: ReadonlySet<StatementState> = new Set(['rejected', 'withdrawn', 'corrected']);
/** Texts that the public has read, or is about to. */
const SAID: ReadonlySet<StatementState> = new Set(['approved', 'published', 'corrected']);
const MAX_ITEMS = 500;

/** Watches what the texts of one incident say: the same numbers, the agreed words, an answer to what is asked. */
@Injectable()
export class DraftGuardService {
  constructor(
    @Inject(FigureReader) private readonly figures: FigureReader,
    @Inject(CaseReader) private readonly cases: CaseReader,
    @Inject(PersonalDataReader) private readonly personal: PersonalDataReader,
    @Inject(DutyReader) private readonly duties: DutyReader,
    @Inject(ResponsePolicy) private readonly policy: ResponsePolicy,
  ) {}

  /** Figures on which the living texts of an incident disagree. */
  async conflicts(tx: Transaction, incidentId: string): Promise<FigureConflict[]> {
    return this.conflictsAmong(await statementsOf(tx, incidentId));
  }

  async guard(tx: Transaction, statementId: string): Promise<DraftGuard> {
    const statement = await findStatement(tx, statementId);
    const all = await statementsOf(tx, statement.incidentId);
    const { claims, draft, review, acknowledgement } = this.policy.data;
    const items = await this.cases.items(tx, statement.incidentId, MAX_ITEMS);
    const text = publicTextOf(statement);
    const asked = claimsOf(
      items.map((item) => `${item.title}。${item.body}`),
      claims,
    );
    const earlier = all.filter(
      (other) => other.id !== statement.id && SAID.has(other.state) && other.createdAt <= statement.createdAt,
    );
    const copied = copiedRuns(
      statement.body,
      earlier.map(({ id, body }) => ({ id, text: body })),
      draft.copiedRunCharacters,
    );
    return {
      claims: matchClaims(asked, text, claims),
      copied,
      copiedShare: Math.round(copiedShare(statement.body, copied) * 1000) / 1000,
      figureConflicts: this.conflictsAmong(all),
      wording: wordingDeviations(text, (await wordingOf(tx, statement.incidentId))?.entries ?? [], (part) =>
        this.figures.read(part),
      ),
      personalData: this.personal
        .find(text)
        .map(({ kind, start, end }) => ({ kind, start, end, text: text.slice(start, end) })),
      masked: this.masked(statement),
      foreignDuty: foreignDuty(this.duties.matters(text, await tx.now()), this.duties.ownDuty(statement.bodyId)),
      secrecyWords: secrecyWordsIn(text, review.secrecyWords),
      repost: isRepost(statement, earlier, draft),
      acknowledgementOnly: isAcknowledgementOnly(statement.body, acknowledgement),
    };
  }

  private masked({ title, body, cause, solution, constraints }: Statement): DraftGuard['masked'] {
    const texts = {
      title,
      body,
      cause: cause.text ?? '',
      solution: solution.text ?? '',
      constraints: constraints.text ?? '',
    };
    const masked = Object.fromEntries(
      Object.entries(texts).map(([part, text]) => [part, this.personal.mask(text)]),
    ) as typeof texts;
    return JSON.stringify(masked) === JSON.stringify(texts) ? null : masked;
  }

  private conflictsAmong(statements: readonly Statement[]): FigureConflict[] {
    return figureConflicts(
      statements
        .filter((statement) => !SILENT.has(statement.state))
        .map(({ id, title, body }) => ({ statementId: id, figures: this.figures.read(`${title}。${body}`) })),
    );
  }
}
