import type { ReactNode } from 'react';

/** One part of the course, with its heading and what can be done in it. */
export function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} style={{ marginBottom: 20 }}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center', justifyContent: 'space-between' }}>
        <h3 className="part" style={{ marginBlock: 4 }}>
          {title}
        </h3>
        <span className="no-print">{action}</span>
      </div>
      {children}
    </section>
  );
}
