/** What one text says in numbers: by figure, the least it can be. */
export interface TextFigures {
  statementId: string;
  figures: Readonly<Record<string, number>>;
}

/** One figure on which texts of one incident disagree. */
export interface FigureConflict {
  figure: string;
  values: { statementId: string; value: number }[];
}

/**
 * Figures that stand differently in two texts of one incident. A figure that a text does not name disagrees with nothing.
 * Flagged and never blocked: a later text may be right (R46), and a person decides.
 */
export function figureConflicts(texts: readonly TextFigures[]): FigureConflict[] {
  const names = [...new Set(texts.flatMap((text) => Object.keys(text.figures)))].sort();
  return names.flatMap((figure) => {
    const values = texts.flatMap(({ statementId, figures }) => {
      const value = figures[figure];
      return value === undefined ? [] : [{ statementId, value }];
    });
    return new Set(values.map(({ value }) => value)).size > 1 ? [{ figure, values }] : [];
  });
}
