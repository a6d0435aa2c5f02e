import { Checkbox, Drawer, Progress, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../api/session';

const STORED = 'huiying.practice';
/** The way of a case, a step for each duty; the first permission says whose step it is. */
const STEPS = [
  { name: 'source', permission: 'source.read', to: '/sources' },
  { name: 'triage', permission: 'incident.decide', to: '/inbox' },
  { name: 'assign', permission: 'incident.assign', to: '/inbox?state=confirmed' },
  { name: 'sign', permission: 'assignment.acknowledge', to: '/orders' },
  { name: 'publish', permission: 'statement.publish', to: '/orders' },
  { name: 'supervise', permission: 'escalation.read', to: '/wall' },
] as const;

const read = (): string[] => (localStorage.getItem(STORED) ?? '').split(',').filter((name) => name !== '');

/** The steps, and which of them this browser has tried. */
export function PracticeSteps({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const [done, setDone] = useState(read);
  const tick = (name: string, on: boolean) => {
    const next = on ? [...done, name] : done.filter((other) => other !== name);
    localStorage.setItem(STORED, next.join());
    setDone(next);
  };
  return (
    <Drawer open={open} onClose={onClose} title={t('practice.title')} size={340}>
      <Typography.Paragraph>{t('practice.explain')}</Typography.Paragraph>
      <Progress percent={Math.round((done.length / STEPS.length) * 100)} aria-label={t('practice.title')} />
      <ol style={{ paddingInlineStart: 0, listStyle: 'none' }}>
        {STEPS.map(({ name, permission, to }) => (
          <li key={name} style={{ paddingBlock: 8 }}>
            <Checkbox checked={done.includes(name)} onChange={(event) => tick(name, event.target.checked)}>
              {t(`practice.steps.${name}`)}
            </Checkbox>
            <div style={{ paddingInlineStart: 24 }}>
              {may(permission) ? (
                <Link to={to} onClick={onClose}>
                  {t('practice.go')}
                </Link>
              ) : (
                <span className="muted">{t(`practice.who.${name}`)}</span>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
