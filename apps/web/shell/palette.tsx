import { useQuery } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, dataOf } from '../api/client';
import { useMay } from '../api/session';
import { menuOf } from '../pages/all';
import { usePaletteActions } from './palette-actions';

interface Entry {
  id: string;
  group: 'actions' | 'pages' | 'incidents';
  label: string;
  hint: string;
  run: () => void;
}

const FOUND = 8;
const ENOUGH = 2;

/** What can be done here, where one can go, and incidents by word or number. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const entries = useEntries(text.trim());
  const chosen = entries[Math.min(at, entries.length - 1)];
  const run = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    onClose();
    // After the dialog has gone, so that an action may open its own.
    setTimeout(entry.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') run(chosen);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      setAt(Math.min(Math.max(at + by, 0), entries.length - 1));
    }
  };
  return (
    <Modal open title={t('palette.title')} footer={null} onCancel={onClose} width={560}>
      <Input
        autoFocus
        allowClear
        role="combobox"
        aria-expanded
        aria-controls="palette"
        aria-activedescendant={chosen === undefined ? undefined : `palette-${chosen.id}`}
        aria-label={t('palette.hint')}
        placeholder={t('palette.hint')}
        maxLength={100}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="palette" role="listbox" aria-label={t('palette.title')} className="palette">
        {entries.length === 0 && <li className="muted">{t('palette.nothing')}</li>}
        {entries.map((entry) => (
          <li
            key={entry.id}
            id={`palette-${entry.id}`}
            role="option"
            aria-selected={entry === chosen}
            onClick={() => run(entry)}
          >
            <span className="muted">{t(`palette.${entry.group}`)}</span>
            <span style={{ flex: 1, minWidth: 0 }}>{entry.label}</span>
            {entry.hint !== '' && <kbd>{entry.hint}</kbd>}
          </li>
        ))}
      </ul>
    </Modal>
  );
}

function useEntries(text: string): Entry[] {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const actions = usePaletteActions();
  const found = useQuery({
    queryKey: ['palette', text],
    enabled: text.length >= ENOUGH && may('incident.read'),
    queryFn: () =>
      dataOf(api.GET('/api/v1/incidents', { params: { query: { q: text, limit: FOUND, sort: 'newest' } as never } })),
  });
  const fits = (label: string) => label.toLowerCase().includes(text.toLowerCase());
  return [
    ...actions.map(({ label, key, run }) => ({ id: `key-${key}`, group: 'actions' as const, label, hint: key, run })),
    ...menuOf(may).flatMap(({ pages }) =>
      pages.map(({ path, menu }) => ({
        id: `page-${path}`,
        group: 'pages' as const,
        label: t(menu.label),
        hint: '',
        run: () => void navigate(`/${path}`),
      })),
    ),
  ]
    .filter(({ label }) => fits(label))
    .concat(
      (text.length >= ENOUGH ? (found.data?.items ?? []) : []).map((incident) => ({
        id: incident.id,
        group: 'incidents' as never,
        label: incident.title,
        hint: incident.number,
        run: () => void navigate(`/incidents/${incident.id}`),
      })),
    );
}
