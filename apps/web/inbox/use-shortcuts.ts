import { useEffect, useRef } from 'react';

const SWITCH = 'huiying.shortcuts';
export const shortcutsOn = (): boolean => localStorage.getItem(SWITCH) !== '0';
export const switchShortcuts = (on: boolean): void => localStorage.setItem(SWITCH, on ? '1' : '0');

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** One key, one action. Silent while somebody types, while an input method composes, with a modifier held, or when switched off. */
export function useShortcuts(actions: Record<string, () => void>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.isComposing ||
        event.keyCode === 229 ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target) ||
        !shortcutsOn()
      )
        return;
      // An open menu has the keys for itself.
      if (event.target instanceof Element && event.target.closest('[role=menu]') !== null) return;
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null) return;
      // A focused button or link keeps Enter for itself.
      if (event.key === 'Enter' && event.target instanceof HTMLAnchorElement) return;
      if (
        event.key === 'Enter' &&
        event.target instanceof HTMLButtonElement &&
        event.target.getAttribute('aria-current') === null
      )
        return;
      const action = latest.current[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
