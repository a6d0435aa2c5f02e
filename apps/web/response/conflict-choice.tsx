import { Alert, Button, Flex, type FormInstance, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldName } from '../shell/field-name';
import type { DraftValues } from './draft-fields';

/** The fields in which what one wanted to save differs from what somebody else saved. */
export type Conflict = Record<string, { yours: unknown; stored: unknown }>;

/** For each field: one's own words or those that were saved. The next save goes through with what was chosen. */
export function ConflictChoice({
  conflict,
  form,
  onDone,
}: {
  conflict: Conflict;
  form: FormInstance<DraftValues>;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(Object.keys(conflict));
  const choose = (field: string, stored: boolean) => {
    if (stored) form.setFieldsValue({ [field]: conflict[field]!.stored } as never);
    const rest = left.filter((other) => other !== field);
    setLeft(rest);
    if (rest.length === 0) onDone();
  };
  const names: Record<string, string> = {
    title: t('orders.statementTitle'),
    body: t('orders.statementBody'),
    cause: t('orders.cause'),
    solution: t('orders.solution'),
    constraints: t('orders.constraints'),
    competentBodyId: t('draft.competentBody'),
    nextUpdateAt: t('draft.nextUpdate'),
    assessment: t('draft.assessment'),
    speaker: t('draft.speakerName'),
  };
  return (
    <Alert
      type="warning"
      showIcon
      title={t('draft.conflict')}
      description={left.map((field) => (
        <div key={field} style={{ marginTop: 8 }}>
          <Typography.Text strong>{names[field] ?? field}</Typography.Text>
          <p style={{ margin: 0, overflowWrap: 'anywhere' }}>
            <FieldName>{t('draft.yours')}</FieldName>
            {textOf(conflict[field]!.yours)}
          </p>
          <p style={{ margin: 0, overflowWrap: 'anywhere' }}>
            <FieldName>{t('draft.stored')}</FieldName>
            {textOf(conflict[field]!.stored)}
          </p>
          <Flex gap={8}>
            <Button size="small" onClick={() => choose(field, false)}>
              {t('draft.keepMine')}
            </Button>
            <Button size="small" onClick={() => choose(field, true)}>
              {t('draft.keepStored')}
            </Button>
          </Flex>
        </div>
      ))}
    />
  );
}

/** A value in words; an element shows its text. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'string') return value;
  const { text, notApplicableReason, name } = value as { text?: string; notApplicableReason?: string; name?: string };
  return text ?? notApplicableReason ?? name ?? JSON.stringify(value);
}
