import { Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { ValueTag } from '../labels/labels';
import { FieldName } from '../shell/field-name';

interface HeatDetails {
  range?: { min: number; max: number };
  components?: {
    name: string;
    weight: number;
    value: number | string | null;
    atLeast: boolean;
    points: number | null;
  }[];
  floors?: { level: string; why: string }[];
}

/** The heat with its parts: what is unknown is said to be unknown, never taken for nothing. */
export function HeatGround({ level, score, details }: { level: string; score: number; details: HeatDetails }) {
  const { t } = useTranslation();
  const components = details.components ?? [];
  const known = components.filter(({ points }) => points !== null);
  const unknown = components.filter(({ points }) => points === null);
  const name = (key: string) => t(`triage.heat.component.${key}`);
  return (
    <Flex vertical gap={2}>
      <span>
        <ValueTag group="heat" value={level} /> <span className="digits">{score}</span>
        {details.range !== undefined && (
          <Typography.Text type="secondary"> {t('triage.heat.range', details.range)}</Typography.Text>
        )}
      </span>
      {known.map((part) => (
        <span key={part.name}>
          <FieldName>{name(part.name)}</FieldName>
          {part.atLeast && `${t('triage.heat.atLeast')} `}
          {part.name === 'mediaRank' ? t(`triage.heat.rank.${String(part.value)}`) : part.value}{' '}
          <span className="digits">{t('aside', { text: `${part.points} / ${part.weight}` })}</span>
        </span>
      ))}
      {unknown.length > 0 && (
        <Typography.Text type="secondary">
          {t('triage.heat.unknown')}
          {t('colon')}
          {unknown.map((part) => name(part.name)).join(t('comma'))}
        </Typography.Text>
      )}
      {(details.floors ?? []).map(({ why }) => (
        <span key={why}>{t(`triage.heat.floor.${why}`)}</span>
      ))}
    </Flex>
  );
}
