import { Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { wordsOf } from '../i18n/words';
import { useAppearance } from '../theme/appearance';
import { clockTime, span, type SpanUnits } from '../time/format';
import { Instant } from '../time/instant';

type Test = Schemas['NotificationChannel']['tests'][number];
const SHORT_MS = 10_000;

/** The latest tests that one asked for oneself, and what came of them. */
export function OwnTests({ tests }: { tests: Test[] }) {
  const { t } = useTranslation();
  if (tests.length === 0) return <Typography.Text type="secondary">{t('noticeChannels.noTests')}</Typography.Text>;
  return (
    <ul aria-live="polite" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {tests.map((test) => (
        <li key={test.id}>
          <Flex wrap gap="0 12px">
            <span>
              {t('noticeChannels.askedAt')} <Instant at={test.askedAt} />
            </span>
            <Outcome test={test} />
          </Flex>
        </li>
      ))}
    </ul>
  );
}

function Outcome({ test }: { test: Test }) {
  const { t, i18n } = useTranslation();
  const { states } = useAppearance();
  const units = wordsOf(i18n, 'countdown') as unknown as SpanUnits;
  if (test.state === 'delivered' && test.deliveredAt !== null) {
    const took = Date.parse(test.deliveredAt) - Date.parse(test.askedAt);
    const length = took < SHORT_MS ? `${(took / 1_000).toFixed(1)}${units.second}` : span(took, units);
    const text = t('noticeChannels.took', { at: clockTime(test.deliveredAt), span: length });
    return <span style={{ color: states.green }}>✓ {text}</span>;
  }
  if (test.state === 'pending')
    return (
      <span style={{ color: states.orange }}>
        …{' '}
        {test.error === null
          ? t('noticeChannels.waiting')
          : t('noticeChannels.waitingLong', { count: test.attempts, error: test.error })}
      </span>
    );
  return <span style={{ color: states.red }}>✕ {t('noticeChannels.gaveUp', { error: test.error ?? '—' })}</span>;
}
