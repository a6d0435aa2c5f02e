import type { Schemas } from '../api/client';

type Body = Pick<Schemas['RespondingBody'], 'id' | 'name' | 'parentId'>;
export interface BodyNode {
  key: string;
  title: string;
  children: BodyNode[];
}

/** Bodies under those that they stand under. With a text: those that it fits, and all above them. */
export function bodyTree(bodies: readonly Body[], text: string): BodyNode[] {
  const known = new Map(bodies.map((body) => [body.id, body]));
  const shown = new Set<string>();
  for (const body of bodies) {
    if (text !== '' && !body.name.includes(text) && !body.id.toLowerCase().includes(text.toLowerCase())) continue;
    for (let at: Body | undefined = body; at !== undefined && !shown.has(at.id);) {
      shown.add(at.id);
      at = at.parentId === null ? undefined : known.get(at.parentId);
    }
  }
  const nodes = new Map<string, BodyNode>();
  for (const id of shown) nodes.set(id, { key: id, title: known.get(id)!.name, children: [] });
  const roots: BodyNode[] = [];
  for (const [id, node] of nodes) {
    const parent = known.get(id)!.parentId;
    const above = parent === null ? undefined : nodes.get(parent);
    (above?.children ?? roots).push(node);
  }
  for (const node of nodes.values()) node.children.sort((a, b) => a.key.localeCompare(b.key));
  return roots.sort((a, b) => a.key.localeCompare(b.key));
}
