import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client';
import { useProblemText } from '../shell/use-command';
import { useOfferUndo } from './use-undo';
import { decide, type Decided, type Decision } from './decide';
import type { IncidentRow } from './use-inbox';
import { useSay } from '../shell/say';

export interface Conflict {
  incident: IncidentRow;
  decision: Decision;
}

/**
 * Decides without making the hand wait: the row is put away at once and comes back, with the reason, when the server
 * refuses. A refusal because somebody else was quicker is shown field by field.
 */
export function useDecide(away: { put: (id: string) => void; back: (id: string) => void }) {
  const { t } = useTranslation();
  const message = useSay();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const said = ({ kind }: Decision, { assigned }: Decided): string => {
    if (kind === 'confirmAndAssign' || kind === 'assign') return t(assigned ? 'decide.assigned' : 'undo.confirmedOnly');
    return t({ confirm: 'inbox.confirmed', reject: 'inbox.rejected', snooze: 'inbox.snoozed' }[kind]);
  };
  const offerUndo = useOfferUndo(away.back);
  const mutation = useMutation({
    mutationFn: ({ incident, decision }: Conflict) => decide(incident, decision),
    onMutate: ({ incident }) => away.put(incident.id),
    onSuccess: (decided, { decision, incident }) => {
      const text = `${said(decision, decided)} · ${incident.number}`;
      if (decided.undo !== undefined) offerUndo({ id: decided.undo, text, ids: [incident.id] });
      else if (decided.assigned || decision.kind === 'confirm') void message.success(text);
      else void message.warning(text);
    },
    onError: (error, { incident, decision }) => {
      away.back(incident.id);
      if (error instanceof ApiProblem && error.status === 412) setConflict({ incident, decision });
      else void message.error(`${incident.number}：${problemText(error)}`, 8);
    },
    onSettled: (_, __, { incident }) => {
      void queries.invalidateQueries({ queryKey: ['live'] });
      void queries.invalidateQueries({ queryKey: ['incident', incident.id] });
    },
  });
  return { mutate: mutation.mutate, conflict, endConflict: () => setConflict(null) };
}
