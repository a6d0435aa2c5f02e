import { api, ApiProblem, dataOf, ifMatch, type Schemas } from '../api/client';
import type { IncidentRow } from './use-inbox';

export interface Correction {
  title?: string;
  category?: Schemas['Category'];
  grade?: Schemas['Grade'];
  gradeBasis?: Schemas['GradeBasis'];
}

export type Decision =
  | { kind: 'confirm'; correction?: Correction }
  | { kind: 'confirmAndAssign' }
  /** Hands over as proposed what is confirmed already. */
  | { kind: 'assign' }
  | { kind: 'reject'; outOfArea: boolean; reason: string }
  | { kind: 'snooze'; until: string };

/** What came of a decision: the new version, and whether the case was handed over. */
export interface Decided {
  version: number;
  assigned: boolean;
  /** What to name when it is to be taken back; only what starts no clock can be. */
  undo?: string;
}

type Subject = Pick<IncidentRow, 'id' | 'version'>;
const params = ({ id, version }: Subject) => ({ path: { id }, header: ifMatch(version) }) as const;

/** Sends a decision; the version that was read goes with it, so nothing is decided on what somebody else has changed. */
export async function decide(incident: Subject, decision: Decision): Promise<Decided> {
  const where = params(incident);
  switch (decision.kind) {
    case 'confirm':
      return only(api.POST('/api/v1/incidents/{id}/confirm', { params: where, body: decision.correction ?? {} }));
    case 'confirmAndAssign': {
      const { version } = await only(api.POST('/api/v1/incidents/{id}/confirm', { params: where, body: {} }));
      return assignAsProposed({ id: incident.id, version });
    }
    case 'assign':
      return assignAsProposed(incident);
    case 'reject':
    case 'snooze':
      return putAway(incident, decision);
  }
}

/** Puts a proposal away in the one way that can be taken back for some seconds. */
async function putAway(incident: Subject, decision: PutAway): Promise<Decided> {
  const { id, results } = await putAllAway([incident], decision);
  const result = results[0]!;
  if (!result.ok) throw refusalOf(result);
  return { version: result.version!, assigned: false, undo: id };
}

type PutAway = Extract<Decision, { kind: 'reject' | 'snooze' }>;
type Result = { ok: boolean; code: string | null; detail: string | null };

/** Puts several proposals away; each is decided by itself and answers for itself. */
export const putAllAway = (incidents: readonly Subject[], decision: PutAway) =>
  dataOf(
    api.POST('/api/v1/incidents/bulk', {
      body: {
        decision: decision.kind === 'reject' ? decision : { ...decision, heatsUp: true },
        items: incidents.map(({ id, version }) => ({ id, version })),
      },
    }),
  );

export const refusalOf = ({ code, detail }: Result): ApiProblem =>
  new ApiProblem(code === 'VERSION_CONFLICT' ? 412 : 409, code ?? '', detail ?? '');

/** Takes back what was put away; says how many did come back. */
export async function takeBack(id: string): Promise<number> {
  const { results } = await dataOf(api.POST('/api/v1/incidents/bulk/undo', { body: { id } }));
  const refused = results.find(({ ok }) => !ok);
  if (refused !== undefined && results.every(({ ok }) => !ok)) throw refusalOf(refused);
  return results.filter(({ ok }) => ok).length;
}

const only = async (answer: Promise<{ data?: { version: number }; response: Response }>): Promise<Decided> => ({
  version: (await dataOf(answer)).version,
  assigned: false,
});

/** The addressees of a proposal: one lead, co-responders, copies, each body once. */
export function addresseesOf(proposal: Schemas['RoutingProposal'], leadId: string, coIds: readonly string[]) {
  const taken = new Set([leadId, ...coIds]);
  return [
    { bodyId: leadId, role: 'lead' as const },
    ...coIds.map((bodyId) => ({ bodyId, role: 'co' as const })),
    ...proposal.copyBodyIds.filter((bodyId) => !taken.has(bodyId)).map((bodyId) => ({ bodyId, role: 'copy' as const })),
  ];
}

/** Hands over as proposed; without a proposed lead nothing is handed over, and the answer says so. */
async function assignAsProposed(incident: Subject): Promise<Decided> {
  const { proposal } = await dataOf(api.GET('/api/v1/incidents/{id}', { params: { path: { id: incident.id } } }));
  if (proposal === null || proposal.leadBodyId === null) return { version: incident.version, assigned: false };
  const addressees = addresseesOf(
    proposal,
    proposal.leadBodyId,
    proposal.coBodyIds.filter((body) => body !== proposal.leadBodyId),
  );
  const { version } = await dataOf(
    api.POST('/api/v1/incidents/{id}/assign', {
      params: params(incident),
      body: { addressees, rule: proposal.rule },
    }),
  );
  return { version, assigned: true };
}
