import { Descriptions, Flex, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePlaces } from '../api/reference';
import { useLabel, ValueTag } from '../labels/labels';
import { Instant } from '../time/instant';
import type { IncidentDetail } from './use-incident';

interface Figure {
  label: string;
  min: number;
  max: number | null;
}

/** What, how grave and on what ground; the four stamps with their sources. */
export function IncidentHead({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const label = useLabel();
  const placeOf = usePlaces();
  const figures = (incident.gradeDetails.figures ?? []) as Figure[];
  const stamps = [
    ['occurredAt', incident.occurredAt],
    ['firstPublicAt', incident.firstPublicAt],
    ['detectedAt', incident.detectedAt],
    ['dispatchedAt', incident.dispatchedAt],
  ] as const;
  return (
    <header>
      <Typography.Title level={4} style={{ marginTop: 4, marginBottom: 8 }}>
        {incident.title}
      </Typography.Title>
      <Flex wrap gap={4} style={{ marginBottom: 8 }}>
        {incident.drill && <Tag color="purple">演练 DRILL</Tag>}
        <ValueTag group="incidentState" value={incident.state} />
        <ValueTag group="category" value={incident.category} />
        <ValueTag group="grade" value={incident.grade} />
        {incident.grade !== 'none' && incident.grade !== 'unknown' && (
          <Typography.Text type="secondary">（{label('gradeBasis', incident.gradeBasis)}）</Typography.Text>
        )}
        <ValueTag group="heat" value={incident.heatLevel} />
        <Typography.Text type="secondary">
          {placeOf(incident.jurisdiction)} · {incident.number}
        </Typography.Text>
      </Flex>
      {figures.length > 0 && (
        <Typography.Paragraph style={{ marginBottom: 8 }}>
          {t('incident.figures')}：{figures.map((figure) => `${figure.label} ${rangeText(figure)}`).join('，')}
        </Typography.Paragraph>
      )}
      <Descriptions
        size="small"
        column={{ xs: 2, md: 4 }}
        items={stamps.map(([name, at]) => ({ key: name, label: t(`incident.${name}`), children: <Instant at={at} /> }))}
      />
    </header>
  );
}

const rangeText = ({ min, max }: Figure): string =>
  max === null ? `≥${min}` : min === max ? String(min) : `${min}–${max}`;
