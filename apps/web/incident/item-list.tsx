import { Flex, Segmented, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ValueTag } from '../labels/labels';
import { lazily } from '../shell/lazily';
import { Instant } from '../time/instant';
import { Highlighted } from './highlighted';
import { reasonsOf, spansIn } from './reasons';
import type { IncidentDetail } from './use-incident';

const SideBySide = lazily(async () => (await import('./side-by-side')).SideBySide);

/** What came in, as cards or two beside each other. */
export function ItemList({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const [beside, setBeside] = useState(false);
  if (incident.items.length < 2) return <Cards incident={incident} />;
  return (
    <>
      <Segmented
        className="no-print"
        style={{ marginBottom: 12 }}
        value={beside}
        onChange={setBeside}
        options={[
          { value: false, label: t('case.compareNone') },
          { value: true, label: t('case.compare') },
        ]}
      />
      {beside ? <SideBySide items={incident.items} /> : <Cards incident={incident} />}
    </>
  );
}

/** What came in, as evidence cards: text with the words that mattered, source, times, hash. */
function Cards({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={12}>
      {incident.items.map((item) => {
        const reasons = reasonsOf(item.reasons);
        return (
          <section key={item.id} className="item-card">
            <Flex wrap gap={8} align="baseline">
              <strong>
                <Highlighted text={item.title} spans={spansIn(reasons, 0, item.title.length, t)} />
              </strong>
              {item.category !== null && <ValueTag group="category" value={item.category} />}
              {item.originalGoneSince !== null && (
                <Tag color="error">
                  {t('case.originalGone')} · {t('case.goneSince')} <Instant at={item.originalGoneSince} />
                </Tag>
              )}
            </Flex>
            <p className="item-body">
              <Highlighted text={item.body} spans={spansIn(reasons, item.title.length + 1, item.body.length, t)} />
            </p>
            <Typography.Text type="secondary" style={{ overflowWrap: 'anywhere' }}>
              {item.sourceName} · {item.channel} · <Instant at={item.publishedAt ?? item.receivedAt} /> ·{' '}
              <span title={item.contentSha256}>SHA-256 {item.contentSha256.slice(0, 12)}…</span>{' '}
              {item.url !== null && (
                <a href={item.url} target="_blank" rel="noreferrer noopener">
                  {t('incident.original')}
                </a>
              )}
            </Typography.Text>
          </section>
        );
      })}
    </Flex>
  );
}
