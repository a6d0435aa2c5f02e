import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from '../shell/note';
import { Waiting } from '../shell/waiting';
import { lazily } from '../shell/lazily';
import { api, ApiProblem, dataOf, type Schemas, setCsrfToken } from './client';
import { listenForHints } from './live';

const SignInPage = lazily(async () => (await import('../sign-in/sign-in-page')).SignInPage);

/** Who is signed in; null for nobody. */
export const SESSION = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    try {
      const value = await dataOf(api.GET('/api/v1/session'));
      setCsrfToken(value.csrfToken);
      return value;
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Infinity,
});

export type Session = Schemas['Session'];

const Context = createContext<Session | null>(null);

/** Shows its children to a signed-in person, and the sign-in page to anybody else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const session = useQuery(SESSION);
  const signedIn = session.data != null;
  useEffect(() => {
    const end = () => queries.setQueryData(['session'], null);
    window.addEventListener('huiying:signed-out', end);
    return () => window.removeEventListener('huiying:signed-out', end);
  }, [queries]);
  useEffect(() => {
    if (!signedIn) return;
    // As it was read first; a later one would leave out what changed in between.
    return listenForHints(queries, queries.getQueryData<Session>(['session'])!.live);
  }, [signedIn, queries]);
  if (session.isPending) return <Waiting />;
  // A server that can't be reached says nothing of who is signed in.
  if (session.data === undefined) return <Note banner tone="error" title={t('error.network')} />;
  if (session.data === null) return <SignInPage />;
  return <Context.Provider value={session.data}>{children}</Context.Provider>;
}

export function useSession(): Session {
  const session = useContext(Context);
  if (session === null) throw new Error('useSession outside of SessionGate');
  return session;
}

/** True when the signed-in person holds the permission anywhere. */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission as never);
}
