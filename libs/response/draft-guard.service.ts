import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { type FigureConflict, figureConflicts } from './rules/draft-figures.js';
import type { StatementState } from './rules/statement-states.js';
import { statementsOf } from './statements.store.js';

/** Reads the figures of a text. The reading belongs to triage, so this stage asks through a port. */
export abstract class FigureReader {
  /** Figures by name; a figure that the text does not name is absent. */
  abstract read(text: string): Record<string, number>;
}

/** Texts that no longer speak for the incident. */
const SILENT: ReadonlySet<StatementState> = new Set(['rejected', 'withdrawn', 'corrected']);

/** Watches that the texts of one incident say the same numbers. */
@Injectable()
export class DraftGuardService {
  constructor(@Inject(FigureReader) private readonly figures: FigureReader) {}

  /** Figures on which the living texts of an incident disagree. */
  async conflicts(tx: Transaction, incidentId: string): Promise<FigureConflict[]> {
    const statements = (await statementsOf(tx, incidentId)).filter((statement) => !SILENT.has(statement.state));
    return figureConflicts(
      statements.map(({ id, title, body }) => ({ statementId: id, figures: this.figures.read(`${title}。${body}`) })),
    );
  }
}
