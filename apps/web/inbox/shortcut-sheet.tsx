import { Modal, Switch, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortcutsOn, switchShortcuts } from './use-shortcuts';

const INBOX = [
  ['j', 'next'],
  ['k', 'previous'],
  ['x', 'select'],
  ['[ ]', 'neighbours'],
  ['Enter', 'open'],
  ['a', 'assign'],
  ['c', 'confirm'],
  ['e', 'reject'],
  ['h', 'snooze'],
  ['m', 'merge'],
  ['/', 'search'],
  ['Ctrl-K', 'palette'],
  ['?', 'help'],
  ['Esc', 'back'],
] as const;

/** A key and what it does, in words. */
export interface ListedKey {
  key: string;
  action: string;
}

interface ShortcutSheetProps {
  open: boolean;
  onClose: () => void;
  /** Of a page with keys of its own; those of the inbox when left out. */
  keys?: ListedKey[];
}

/** The cheat sheet of the keyboard, and its switch. */
export function ShortcutSheet({ open, onClose, keys }: ShortcutSheetProps) {
  const { t } = useTranslation();
  const [on, setOn] = useState(shortcutsOn);
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('inbox.help')}>
      <Switch
        checked={on}
        aria-label={t('inbox.help')}
        onChange={(value) => {
          switchShortcuts(value);
          setOn(value);
        }}
        style={{ marginBottom: 12 }}
      />
      <Table
        size="small"
        pagination={false}
        showHeader={false}
        rowKey="key"
        dataSource={keys ?? INBOX.map(([key, action]) => ({ key, action: t(`inbox.shortcuts.${action}`) }))}
        columns={[{ dataIndex: 'key', render: (key: string) => <kbd>{key}</kbd>, width: 90 }, { dataIndex: 'action' }]}
      />
    </Modal>
  );
}
