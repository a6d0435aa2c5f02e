import { useTranslation } from 'react-i18next';
import { ShortcutSheet } from '../inbox/shortcut-sheet';

const KEYS = [
  ['j', 'next'],
  ['k', 'previous'],
  ['Enter', 'open'],
  ['c', 'takeUp'],
  ['s', 'request'],
  ['e', 'nothing'],
  ['/', 'search'],
  ['?', 'help'],
] as const;

/** The keys of the page of items, with the switch that turns keys off everywhere. */
export function ItemKeys({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const keys = KEYS.map(([key, action]) => ({ key, action: t(`items.keys.${action}`) }));
  return <ShortcutSheet open onClose={onClose} keys={keys} />;
}
