/** Bounds of one table (ASVS 5.2). Judgement: the largest export seen has 6 000 rows of 10 columns. */
export const IMPORT_LIMITS = {
  maxColumns: 300,
  maxCellCharacters: 100_000,
  maxRowCharacters: 2_000_000,
  maxSharedStrings: 2_000_000,
  maxSharedCharacters: 200_000_000,
};
