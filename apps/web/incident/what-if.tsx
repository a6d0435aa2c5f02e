import { useQuery } from '@tanstack/react-query';
import { Alert, Flex, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { ValueTag } from '../labels/labels';
import { useProblemText } from '../shell/use-command';
import { useClockName } from '../time/clock-name';
import { shortTime } from '../time/format';

export type WhatIfQuestion =
  | { grade: Schemas['Grade']; basis: Schemas['GradeBasis'] }
  | { stamp: 'occurredAt' | 'firstPublicAt' | 'detectedAt'; value: string };

/** Which clocks a decision would touch, before it is made; computed by the rules that would follow it. */
export function WhatIf({ incidentId, question }: { incidentId: string; question: WhatIfQuestion }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const clockName = useClockName();
  const problemText = useProblemText();
  const query = useQuery({
    queryKey: ['what-if', incidentId, question],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/incidents/{id}/what-if', { params: { path: { id: incidentId }, query: question as never } }),
      ),
    retry: false,
  });
  if (query.isError) return <Alert type="warning" title={problemText(query.error)} />;
  if (query.data === undefined) return <Skeleton active paragraph={{ rows: 2 }} title={false} />;
  const items = query.data.items;
  return (
    <section aria-label={t('clocks.whatIf')}>
      <Typography.Text strong>{t('clocks.whatIf')}</Typography.Text>
      {items.length === 0 && <div className="muted">{t('clocks.noChange')}</div>}
      <ul className="rows">
        {items.map((item, index) => (
          <li key={index}>
            <Flex wrap gap="2px 8px" align="center">
              <span style={{ flex: '1 1 200px', minWidth: 0 }}>
                {clockName(item as Parameters<typeof clockName>[0])}
                <Typography.Text type="secondary">
                  {item.bodyId === null ? '' : ` · ${nameOf(item.bodyId)}`}
                </Typography.Text>
              </span>
              {item.before === null ? (
                <Typography.Text type="secondary">{t('clocks.starts')}</Typography.Text>
              ) : (
                <Outcome outcome={item.before} />
              )}
              <span aria-hidden>→</span>
              {item.after === null ? <span>—</span> : <Outcome outcome={item.after} />}
            </Flex>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Outcome({ outcome }: { outcome: { dueAt: string | null; state: Schemas['ClockState'] } }) {
  return (
    <span>
      <span className="digits">{outcome.dueAt === null ? '' : shortTime(outcome.dueAt)} </span>
      <ValueTag group="clockState" value={outcome.state} />
    </span>
  );
}
