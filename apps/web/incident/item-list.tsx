import { Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { ValueTag } from '../labels/labels';
import { Instant } from '../time/instant';
import { Highlighted, type ReasonSpan } from './highlighted';
import type { IncidentDetail } from './use-incident';

/** What came in, as evidence cards: text with the words that mattered, source, times, hash. */
export function ItemList({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={12}>
      {incident.items.map((item) => (
        <section
          key={item.id}
          style={{ borderInlineStart: '3px solid var(--ant-color-border)', paddingInlineStart: 12 }}
        >
          <Flex wrap gap={8} align="baseline">
            <Typography.Text strong>{item.title}</Typography.Text>
            {item.category !== null && <ValueTag group="category" value={item.category} />}
          </Flex>
          <Typography.Paragraph style={{ marginBlock: 4, whiteSpace: 'pre-wrap' }}>
            <Highlighted text={item.body} spans={spansOf(item.reasons, item.title)} />
          </Typography.Paragraph>
          <Typography.Text type="secondary">
            {item.sourceName} · {item.channel} · <Instant at={item.publishedAt ?? item.receivedAt} /> · SHA-256{' '}
            {item.contentSha256.slice(0, 12)}…{' '}
            {item.url !== null && (
              <a href={item.url} target="_blank" rel="noreferrer noopener">
                {t('inbox.open')}
              </a>
            )}
          </Typography.Text>
        </section>
      ))}
    </Flex>
  );
}

/** Reasons carry offsets into title, newline, body; here those of the body. */
function spansOf(reasons: unknown, title: string): ReasonSpan[] {
  if (!Array.isArray(reasons)) return [];
  const shift = title.length + 1;
  return reasons.flatMap((reason: { start?: number; end?: number; rule?: string }) =>
    typeof reason.start === 'number' && typeof reason.end === 'number' && reason.start >= shift
      ? [{ start: reason.start - shift, end: reason.end - shift, why: reason.rule ?? '' }]
      : [],
  );
}
