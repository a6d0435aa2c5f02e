import { useState } from 'react';

const STORED = 'huiying.menu';
/** Below this width the work needs the room more than the menu does. */
const ROOMY_PX = 1_200;

/** Whether the menu beside the page is narrow; kept in this browser. */
export function useCollapsed(): [boolean, (collapsed: boolean) => void] {
  const stored = localStorage.getItem(STORED);
  const [collapsed, setCollapsed] = useState(stored === null ? window.innerWidth < ROOMY_PX : stored === 'narrow');
  const change = (next: boolean) => {
    localStorage.setItem(STORED, next ? 'narrow' : 'wide');
    setCollapsed(next);
  };
  return [collapsed, change];
}
