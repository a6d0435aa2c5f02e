import { Input, Modal } from 'antd';
import { useState } from 'react';

interface ReasonDialogProps {
  open: boolean;
  title: string;
  action: string;
  onCancel: () => void;
  onReason: (reason: string) => void;
}

/** Asks for the reason that the ledger will keep. */
export function ReasonDialog({ open, title, action, onCancel, onReason }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const text = reason.trim();
  return (
    <Modal
      open={open}
      title={title}
      okText={action}
      okButtonProps={{ disabled: text === '' }}
      onCancel={onCancel}
      onOk={() => onReason(text)}
      afterClose={() => setReason('')}
      destroyOnHidden
    >
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={1_000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (
            event.key === 'Enter' &&
            (event.ctrlKey || event.metaKey) &&
            !event.nativeEvent.isComposing &&
            text !== ''
          )
            onReason(text);
        }}
        aria-label={title}
      />
    </Modal>
  );
}
