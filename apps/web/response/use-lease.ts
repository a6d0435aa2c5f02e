import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useSession } from '../api/session';
import { useCommand } from '../shell/use-command';
import { useSay } from '../shell/say';

/** How often the open page renews its lease; the server's lease lasts two minutes. */
const HEARTBEAT_MS = 40_000;

/** The right to write a draft: taken, renewed while the page is open, given back when it closes. */
export function useLease(statement: Schemas['Statement']) {
  const { t } = useTranslation();
  const message = useSay();
  const { userId } = useSession();
  const [until, setUntil] = useState<string | null>(null);
  const params = { path: { id: statement.id } };
  const hold = useCommand(async (takeOver: boolean) => {
    const lease = await dataOf(api.POST('/api/v1/statements/{id}/lease', { params, body: { takeOver } }));
    setUntil(lease.until);
    if (lease.takenFrom !== null) void message.info(t('draft.taken', { name: lease.takenFrom }));
  });
  const mine = until !== null && (statement.editor === null || statement.editor.userId === userId);
  useEffect(() => {
    if (!mine) return;
    const beat = setInterval(() => {
      // A beat that is refused means that somebody took over: the next reading of the incident says who.
      void dataOf(
        api.POST('/api/v1/statements/{id}/lease', {
          params: { path: { id: statement.id } },
          body: { takeOver: false },
        }),
      ).then(
        (lease) => setUntil(lease.until),
        () => setUntil(null),
      );
    }, HEARTBEAT_MS);
    return () => clearInterval(beat);
  }, [mine, statement.id]);
  const release = async () => {
    setUntil(null);
    await api.DELETE('/api/v1/statements/{id}/lease', { params });
  };
  return { mine, until, hold, release };
}
