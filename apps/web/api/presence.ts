import type { Socket } from 'socket.io-client';

export type Doing = 'viewing' | 'drafting';
interface Wish {
  incidentId: string;
  doing: Doing;
}

/** What the parts of this page show and write; a page is at one incident, and who writes anything there drafts. */
const wishes = new Set<Wish>();
let line: Socket | undefined;
let said = 'null';

const wanted = (): Wish | null => {
  if (document.visibilityState === 'hidden') return null;
  const all = [...wishes];
  return all.find(({ doing }) => doing === 'drafting') ?? all.at(-1) ?? null;
};

function say(): void {
  const wish = JSON.stringify(wanted());
  if (line?.connected !== true || wish === said) return;
  said = wish;
  line.emit('presence', JSON.parse(wish));
}

/** Says to the colleagues at an incident that one is there, until the returned function is called. Nothing of it is kept. */
export function beAt(incidentId: string, doing: Doing): () => void {
  const wish = { incidentId, doing };
  wishes.add(wish);
  // Of a part that makes way for another in the same drawing, only the other is said.
  queueMicrotask(say);
  return () => {
    wishes.delete(wish);
    queueMicrotask(say);
  };
}

/** Carries it over a live connection: said anew at each, for the server forgets with the old one. Returns how to stop. */
export function carryPresence(socket: Socket): () => void {
  line = socket;
  const anew = () => {
    said = 'null';
    say();
  };
  socket.on('welcome', anew);
  // Who has put the page away is not at work on it.
  document.addEventListener('visibilitychange', say);
  return () => {
    document.removeEventListener('visibilitychange', say);
    line = undefined;
  };
}
