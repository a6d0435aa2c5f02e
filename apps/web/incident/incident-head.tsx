import { Flex, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePlaces } from '../api/reference';
import { useMay } from '../api/session';
import { useLabel, ValueTag } from '../labels/labels';
import { FieldName } from '../shell/field-name';
import { useAppearance } from '../theme/appearance';
import { Instant } from '../time/instant';
import { type NamedFigure, useFiguresText } from './grade-ground';
import type { IncidentDetail } from './use-incident';

/** What, how grave and on what ground; figures; the four stamps. */
export function IncidentHead({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const label = useLabel();
  const placeOf = usePlaces();
  const may = useMay();
  const { drill } = useAppearance();
  const figuresText = useFiguresText();
  const figures = (incident.gradeDetails.figures ?? []) as NamedFigure[];
  const graded = incident.grade !== 'none' && incident.grade !== 'unknown';
  const stamps = (['occurredAt', 'firstPublicAt', 'detectedAt', 'dispatchedAt'] as const).filter(
    (name) => incident[name] !== null,
  );
  return (
    <header>
      <Typography.Title level={2} style={{ fontSize: '1.35em', marginTop: 4, marginBottom: 8 }}>
        {incident.title}
      </Typography.Title>
      <Flex wrap gap={4} align="center" style={{ marginBottom: 6 }}>
        {incident.drill && (
          <Tag style={{ background: drill.ground, color: drill.text, borderColor: drill.text }}>
            {t('incident.drill')}
          </Tag>
        )}
        <ValueTag group="incidentState" value={incident.state} />
        <ValueTag group="category" value={incident.category} />
        {incident.grade !== 'none' && (
          <ValueTag
            group="grade"
            value={incident.grade}
            note={graded ? label('gradeBasis', incident.gradeBasis) : undefined}
          />
        )}
        <ValueTag group="heat" value={incident.heatLevel} />
        <Typography.Text type="secondary">
          {placeOf(incident.jurisdiction)} · {incident.number}
        </Typography.Text>
        {may('report.read') && (
          <Link to={`/incidents/${incident.id}/papers`} className="no-print">
            {t('reports.paper.open')}
          </Link>
        )}
      </Flex>
      {figures.length > 0 && (
        <div style={{ marginBottom: 6 }}>
          <FieldName>{t('incident.figures')}</FieldName>
          <strong>{figuresText(figures)}</strong>
        </div>
      )}
      <Flex wrap gap="2px 16px">
        {stamps.map((name) => (
          <span key={name}>
            <Typography.Text type="secondary">{t(`incident.${name}`)} </Typography.Text>
            <Instant at={incident[name]} />
          </span>
        ))}
      </Flex>
    </header>
  );
}
