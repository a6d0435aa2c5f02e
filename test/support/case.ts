import { setTimeout as wait } from 'node:timers/promises';
import { DemoClient, type DemoAccount } from '../../apps/standalone/demo/client.js';
import type { Product } from './product.js';

const LOOK_EVERY_MS = 300;
const LOOKS = 400;

export interface Case {
  id: string;
  number: string;
  title: string;
  version: number;
  state: string;
  category: string;
  grade: string;
  leadBodyId: string | null;
  assignments: { id: string; bodyId: string; state: string; version: number }[];
}

/** An account of the demonstration over HTTP: it prepares what a journey takes for granted, and never does what the journey is about. */
export function handOf(product: Product, username: string): DemoClient {
  const account = product.accounts.find((candidate) => candidate.username === username);
  if (account === undefined) throw new Error(`the demonstration has no account ${username}`);
  return new DemoClient(product.url, account as DemoAccount);
}

export interface Preparation {
  title: string;
  text: string;
  /** Who gets the case, the lead first; without any it stays confirmed. */
  bodies: readonly string[];
  category?: string;
  grade?: string;
}

/** A message that the analyst enters, confirms and hands over. Answers the case as it stands then. */
export async function openCase(product: Product, preparation: Preparation): Promise<Case> {
  const analyst = handOf(product, 'analyst');
  const { title, text, bodies, category, grade } = preparation;
  await analyst.post('/items', { title, text });
  const query = `/incidents?limit=5&state=proposed&q=${encodeURIComponent(title)}`;
  const found = await seen(`a proposal “${title}”`, async () => (await analyst.get<{ items: Case[] }>(query)).items[0]);
  const correction = { ...(category === undefined ? {} : { category }), ...(grade === undefined ? {} : { grade }) };
  // A proposal moves while its messages are still being judged.
  await seen('its confirmation', async () => {
    const { version } = await readCase(product, found.id);
    return analyst.post<object>(`/incidents/${found.id}/confirm`, { reason: '准备', ...correction }, version);
  });
  if (bodies.length > 0)
    await seen('its hand-over', async () => {
      const { version } = await readCase(product, found.id);
      const addressees = bodies.map((bodyId, index) => ({ bodyId, role: index === 0 ? 'lead' : 'co' }));
      return analyst.post<object>(`/incidents/${found.id}/assign`, { addressees }, version);
    });
  return readCase(product, found.id);
}

export const readCase = (product: Product, id: string): Promise<Case> =>
  handOf(product, 'analyst').get<Case>(`/incidents/${id}`);

/** Asks until there is an answer; a question that is refused because the case moved meanwhile is asked again. */
async function seen<T>(what: string, question: () => Promise<T | undefined>): Promise<T> {
  let last: unknown = 'no answer';
  for (let look = 0; look < LOOKS; look += 1) {
    const answer = await question().catch((error: unknown) => {
      last = error;
      if (!/answered 4(09|12)/.test(String(error))) throw error;
    });
    if (answer !== undefined) return answer as T;
    await wait(LOOK_EVERY_MS);
  }
  throw new Error(`${what} did not come: ${String(last)}`);
}
