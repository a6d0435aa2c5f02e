import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

/** A refusal of the server, as RFC 9457 problem details. `code` is stable; the sentence is shown in plain words. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly params: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

let csrfToken = '';
export const setCsrfToken = (token: string): void => {
  csrfToken = token;
};

const SAFE = new Set(['GET', 'HEAD']);

const security: Middleware = {
  onRequest({ request }) {
    if (!SAFE.has(request.method)) request.headers.set('x-csrf-token', csrfToken);
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401 && !response.url.endsWith('/session'))
      window.dispatchEvent(new Event('huiying:signed-out'));
    return response;
  },
};

export const api = createClient<paths>({ baseUrl: '/' });
api.use(security);

/** The data of an answer, or a thrown `ApiProblem`. */
export async function dataOf<Data>(
  answer: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await answer;
  if (response.ok) return data as Data;
  const problem = (error ?? {}) as { code?: string; detail?: string; title?: string; params?: Record<string, unknown> };
  throw new ApiProblem(
    response.status,
    problem.code ?? `HTTP_${response.status}`,
    problem.detail ?? problem.title ?? response.statusText,
    problem.params,
  );
}

export const ifMatch = (version: number): { 'If-Match': string } => ({ 'If-Match': `"${version}"` });
