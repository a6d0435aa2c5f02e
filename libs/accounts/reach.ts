import type { Scope } from '#platform/database/scope.js';
import { jurisdictionPattern } from '#platform/database/scope.js';

/** Whether a jurisdiction lies in one of those of a scope (a city covers its counties). */
export const reaches = (scope: Scope, jurisdiction: string): boolean =>
  scope.jurisdictions.some((code) => jurisdiction.startsWith(jurisdictionPattern(code).slice(0, -1)));

/** The patterns of the jurisdictions that a scope reaches, for LIKE ANY. */
export const reachPatterns = (scope: Scope): string[] => scope.jurisdictions.map(jurisdictionPattern);
