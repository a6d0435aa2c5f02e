import type { ComponentType, ReactNode } from 'react';

export type May = (permission: string) => boolean;

/** The groups of the menu, in its order: what one does, oversees, counts, and sets up. */
export const GROUPS = ['work', 'supervise', 'reports', 'administration'] as const;
export type Group = (typeof GROUPS)[number];

/**
 * A page of the client: its route and, with `menu`, its place in the menu. Paths are those of react-router without the
 * first slash. A page whose calls would be refused is not offered: `open` says who may, `count` shows how much waits there.
 */
export interface Page {
  path: string;
  load: () => Promise<ComponentType>;
  menu?: { label: string; icon: ReactNode; open: (may: May) => boolean; count?: ComponentType };
  /**
   * `shell` (usual): inside the frame, signed in. `bare`: signed in, without the frame. `public`: without a session,
   * such as a page that a signed link opens.
   */
  frame?: 'shell' | 'bare' | 'public';
}
