import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useProblemText } from '../shell/use-command';
import type { IncidentRow } from './use-inbox';

export type Decision =
  | {
      kind: 'confirm';
      correction?: {
        category?: Schemas['Category'];
        grade?: Schemas['Grade'];
        gradeBasis?: Schemas['GradeBasis'];
        title?: string;
      };
    }
  | { kind: 'confirmAndAssign' }
  | { kind: 'reject'; outOfArea: boolean; reason: string }
  | { kind: 'snooze'; until: string };

const params = (id: string, version: number) => ({ path: { id }, header: ifMatch(version) }) as const;

/** Sends a decision; the version that was read goes with it, so nothing is decided on what somebody else has changed. */
export async function decide(incident: Pick<IncidentRow, 'id' | 'version'>, decision: Decision): Promise<void> {
  const where = params(incident.id, incident.version);
  if (decision.kind === 'confirm')
    await dataOf(api.POST('/api/v1/incidents/{id}/confirm', { params: where, body: decision.correction ?? {} }));
  else if (decision.kind === 'confirmAndAssign') await confirmAndAssign(incident);
  else if (decision.kind === 'reject')
    await dataOf(
      api.POST('/api/v1/incidents/{id}/reject', {
        params: where,
        body: { reason: decision.reason, outOfArea: decision.outOfArea },
      }),
    );
  else
    await dataOf(
      api.POST('/api/v1/incidents/{id}/snooze', { params: where, body: { until: decision.until, heatsUp: true } }),
    );
}

/** The addressees of a proposal: one lead, co-responders, copies, each body once. */
export function addresseesOf(proposal: Schemas['RoutingProposal'], leadId: string, coIds: readonly string[]) {
  const taken = new Set([leadId, ...coIds]);
  return [
    { bodyId: leadId, role: 'lead' as const },
    ...coIds.map((bodyId) => ({ bodyId, role: 'co' as const })),
    ...proposal.copyBodyIds.filter((bodyId) => !taken.has(bodyId)).map((bodyId) => ({ bodyId, role: 'copy' as const })),
  ];
}

async function confirmAndAssign({ id, version }: Pick<IncidentRow, 'id' | 'version'>): Promise<void> {
  const confirmed = await dataOf(api.POST('/api/v1/incidents/{id}/confirm', { params: params(id, version), body: {} }));
  const { proposal } = await dataOf(api.GET('/api/v1/incidents/{id}', { params: { path: { id } } }));
  if (proposal === null || proposal.leadBodyId === null) return;
  const addressees = addresseesOf(
    proposal,
    proposal.leadBodyId,
    proposal.coBodyIds.filter((body) => body !== proposal.leadBodyId),
  );
  await dataOf(
    api.POST('/api/v1/incidents/{id}/assign', {
      params: params(id, confirmed.version),
      body: { addressees, rule: proposal.rule },
    }),
  );
}

/**
 * Decides without making the hand wait: the row is put away at once and comes back, with the reason, when the server
 * refuses. Assignments that need a person's look stay where the refusal leaves them.
 */
export function useDecide(away: { put: (id: string) => void; back: (id: string) => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const said: Record<Decision['kind'], string> = {
    confirm: t('inbox.confirmed'),
    confirmAndAssign: t('decide.assigned'),
    reject: t('inbox.rejected'),
    snooze: t('inbox.snoozed'),
  };
  return useMutation({
    mutationFn: ({ incident, decision }: { incident: IncidentRow; decision: Decision }) => decide(incident, decision),
    onMutate: ({ incident }) => away.put(incident.id),
    onSuccess: (_, { decision, incident }) => void message.success(`${said[decision.kind]} · ${incident.number}`),
    onError: (error, { incident }) => {
      away.back(incident.id);
      void message.error(`${incident.number}：${problemText(error)}`, 8);
    },
    onSettled: (_, __, { incident }) => {
      void queries.invalidateQueries({ queryKey: ['live'] });
      void queries.invalidateQueries({ queryKey: ['incident', incident.id] });
    },
  });
}
