import { Alert, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useLabel, ValueTag } from '../labels/labels';
import { FieldName } from '../shell/field-name';

export interface NamedFigure {
  label: string;
  min: number;
  max: number | null;
}

interface Row {
  row: string;
  grade: Schemas['Grade'];
  figure: string;
  value: number;
  unit: string;
  basis: 'confirmed' | 'potential';
  document: string;
  article: string;
  standing: 'N' | 'M' | 'L' | 'J';
  table: string;
}

export interface GradeDetails {
  figures?: NamedFigure[];
  eventTypes?: string[];
  matched?: Row[];
  advisory?: Row[];
  provisional?: boolean;
  contradiction?: boolean;
  review?: boolean;
  needsPerson?: boolean;
  reason?: 'noFigures' | 'noNationalRow' | null;
}

const rangeText = ({ min, max }: NamedFigure): string =>
  max === null ? `≥${min}` : min === max ? String(min) : `${min}–${max}`;

/** Figures in words: 死亡 2 人，失联 9 人. */
export function useFiguresText(): (figures: readonly NamedFigure[]) => string {
  const { t } = useTranslation();
  const label = useLabel();
  return (figures) =>
    figures
      .map((figure) => {
        const unit =
          figure.label === 'households' ? 'households' : figure.label === 'directLossWan' ? 'wanYuan' : 'persons';
        return `${label('figure', figure.label)} ${rangeText(figure)}${t(`figureUnit.${unit}`)}`;
      })
      .join(t('sentence.comma'));
}

/** Which figure reached which row of which document; what a person has to look at. */
export function GradeGround({ grade, details }: { grade: Schemas['Grade']; details: GradeDetails }) {
  const { t } = useTranslation();
  const label = useLabel();
  const figuresText = useFiguresText();
  const figures = details.figures ?? [];
  const rows = details.matched ?? [];
  return (
    <Flex vertical gap={4}>
      <span>
        <ValueTag group="grade" value={grade} />
        {(details.eventTypes ?? []).map((type) => label('eventType', type)).join(' · ')}
      </span>
      {figures.length > 0 && (
        <span>
          <FieldName>{t('why.figures')}</FieldName>
          {figuresText(figures)}
        </span>
      )}
      {grade === 'none' && rows.length === 0 && (
        <Typography.Text type="secondary">{t('why.gradeNone')}</Typography.Text>
      )}
      {details.reason === 'noFigures' && <Typography.Text type="secondary">{t('why.gradeNoFigures')}</Typography.Text>}
      {details.reason === 'noNationalRow' && <Typography.Text type="secondary">{t('why.gradeNoRow')}</Typography.Text>}
      {rows.length > 0 && (
        <ul style={{ margin: 0, paddingInlineStart: 20 }}>
          {rows.map((row) => (
            <RowLine key={`${row.table}.${row.row}.${row.basis}`} row={row} />
          ))}
          {(details.advisory ?? []).map((row) => (
            <RowLine key={`advisory.${row.table}.${row.row}`} row={row} advisory />
          ))}
        </ul>
      )}
      {details.provisional === true && <Alert type="info" showIcon title={t('why.provisional')} />}
      {details.contradiction === true && <Alert type="warning" showIcon title={t('why.contradiction')} />}
      {(details.review === true || details.needsPerson === true) && (
        <Alert type="warning" showIcon title={t(details.needsPerson === true ? 'why.needsPerson' : 'why.review')} />
      )}
    </Flex>
  );
}

function RowLine({ row, advisory = false }: { row: Row; advisory?: boolean }) {
  const { t } = useTranslation();
  const label = useLabel();
  const units = t('figureUnit', { returnObjects: true }) as unknown as Record<string, string>;
  const values = {
    figure: label('figure', row.figure),
    value: row.value,
    unit: units[row.unit] ?? '',
    grade: label('grade', row.grade),
  };
  return (
    <li>
      {t(row.basis === 'potential' ? 'why.rowPotential' : 'why.row', values)}{' '}
      <Typography.Text type="secondary">
        {t('why.source', { document: row.document, article: row.article })}
        {t(`why.standing.${row.standing}`)}
        {advisory && ` · ${t('why.advisory')}`}
      </Typography.Text>
    </li>
  );
}
