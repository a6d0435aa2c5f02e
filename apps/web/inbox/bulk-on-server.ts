import { ApiProblem, api, dataOf } from '../api/client';
import type { Decision } from './decide';
import type { IncidentRow } from './use-inbox';

/** A decision that the server makes on many at once and can take back for a while. */
export interface BulkDone {
  id: string;
  undoUntil: string;
  refusals: { row: IncidentRow; problem?: ApiProblem }[];
}

export type PuttingAway = Extract<Decision, { kind: 'reject' | 'snooze' }>;

export const putsAway = (decision: Decision): decision is PuttingAway =>
  decision.kind === 'reject' || decision.kind === 'snooze';

/** Puts many proposals away in one call; of each it is said what came of it. */
export async function putAway(rows: readonly IncidentRow[], decision: PuttingAway): Promise<BulkDone> {
  const body =
    decision.kind === 'reject'
      ? { kind: 'reject' as const, reason: decision.reason, outOfArea: decision.outOfArea }
      : { kind: 'snooze' as const, until: decision.until, heatsUp: true };
  const answer = await dataOf(
    api.POST('/api/v1/incidents/bulk', {
      body: { decision: body, items: rows.map(({ id, version }) => ({ id, version })) },
    }),
  );
  const byId = new Map(answer.results.map((result) => [result.id, result]));
  return {
    id: answer.id,
    undoUntil: answer.undoUntil,
    refusals: rows.map((row) => {
      const result = byId.get(row.id);
      return result === undefined || result.ok
        ? { row }
        : { row, problem: new ApiProblem(409, result.code ?? 'UNKNOWN', result.detail ?? '') };
    }),
  };
}

/** Takes a decision back; answers how many came back and how many stay. */
export async function takeBack(id: string): Promise<{ done: number; failed: number }> {
  const { results } = await dataOf(api.POST('/api/v1/incidents/bulk/undo', { body: { id } }));
  const done = results.filter(({ ok }) => ok).length;
  return { done, failed: results.length - done };
}
