import { type LabelGroup, useLabel } from './labels';

export const CATEGORIES = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C7-suspected', 'SR', 'NONE'] as const;
export const GRADES = ['I', 'II', 'III', 'IV', 'none', 'unknown'] as const;
export const BASES = ['confirmed', 'potential', 'declared'] as const;

/** Values with their labels, for a list to choose from. */
export function useOptions(): <Value extends string>(
  group: LabelGroup,
  values: readonly Value[],
) => { value: Value; label: string }[] {
  const label = useLabel();
  return (group, values) => values.map((value) => ({ value, label: label(group, value) }));
}
