import { LinkOutlined, StarOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { copyText } from '../shell/copy';
import { useSay } from '../shell/say';

const STORED = 'huiying.filters';
type Saved = { name: string; search: string }[];

function read(): Saved {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]');
    return Array.isArray(value)
      ? value.filter((entry) => typeof entry?.name === 'string' && typeof entry?.search === 'string')
      : [];
  } catch {
    return [];
  }
}

/** Filters under a name. A filter is the page's address, so it can be sent to somebody. Open from its first drawing on. */
export function SavedMenu() {
  const { t } = useTranslation();
  const message = useSay();
  const navigate = useNavigate();
  const { search, pathname } = useLocation();
  const [open, setOpen] = useState(true);
  const [saved, setSaved] = useState(read);
  const [name, setName] = useState<string | null>(null);
  const keep = (next: Saved) => {
    setSaved(next);
    localStorage.setItem(STORED, JSON.stringify(next));
  };
  const copy = async () => {
    if (await copyText(window.location.href)) void message.success(t('saved.copied'));
    else void message.warning(t('signLink.copyByHand'));
  };
  const entries = [
    ...saved.map((entry) => ({
      key: `go:${entry.search}`,
      label: entry.name,
      onClick: () => void navigate(`${pathname}${entry.search}`),
    })),
    ...(saved.length > 0 ? [{ type: 'divider' as const }] : []),
    { key: 'save', label: t('saved.save'), onClick: () => setName('') },
    { key: 'copy', icon: <LinkOutlined />, label: t('saved.copy'), onClick: () => void copy() },
    ...saved.map((entry) => ({
      key: `drop:${entry.name}`,
      danger: true,
      label: `${t('saved.remove')} · ${entry.name}`,
      onClick: () => keep(saved.filter((other) => other !== entry)),
    })),
  ];
  return (
    <>
      <Dropdown trigger={['click']} open={open} onOpenChange={setOpen} menu={{ items: entries, autoFocus: true }}>
        <Button autoFocus icon={<StarOutlined />} aria-label={t('saved.title')} title={t('saved.title')} />
      </Dropdown>
      <Modal
        open={name !== null}
        title={t('saved.save')}
        okText={t('save')}
        okButtonProps={{ disabled: (name ?? '').trim() === '' }}
        onCancel={() => setName(null)}
        onOk={() => {
          keep([...saved, { name: name!.trim(), search }]);
          setName(null);
        }}
      >
        <Input
          autoFocus
          maxLength={40}
          value={name ?? ''}
          onChange={(event) => setName(event.target.value)}
          aria-label={t('saved.name')}
          placeholder={t('saved.name')}
        />
      </Modal>
    </>
  );
}
