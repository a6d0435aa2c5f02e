import { ExclamationCircleFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';

interface NoteProps {
  tone: 'warning' | 'error';
  title: ReactNode;
  icon?: ReactNode;
  /** Across the whole page, without an edge. */
  banner?: boolean;
  action?: ReactNode;
  children?: ReactNode;
}

/**
 * What must be noticed, with the looks of antd's alert. It is part of the first page: that the server can't be reached could
 * not be said by something that has yet to be fetched from it.
 */
export function Note({ tone, title, icon = <ExclamationCircleFilled />, banner = false, action, children }: NoteProps) {
  return (
    <div role="alert" className="note" data-tone={tone} data-banner={banner}>
      <span className="note-icon">{icon}</span>
      <div style={{ flex: 1, minWidth: 0 }}>
        <div>{title}</div>
        {children}
      </div>
      {action}
    </div>
  );
}
