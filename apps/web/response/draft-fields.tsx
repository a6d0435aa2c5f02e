import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useBodies } from '../api/reference';

export const ELEMENTS = ['cause', 'solution', 'constraints'] as const;
export const STATEMENT_KINDS = [
  'interpretation',
  'responseToDoubts',
  'rumourClarification',
  'majorEmergencyRelease',
] as const;
export type StatementKind = (typeof STATEMENT_KINDS)[number];

interface Element {
  text?: string | undefined;
  notApplicableReason?: string | undefined;
}

/** What the form of a draft holds. */
export interface DraftValues {
  kind: StatementKind;
  title: string;
  body: string;
  competentBodyId: string;
  cause: Element;
  solution: Element;
  constraints: Element;
  speaker: { name: string; post: string; rank: string };
  nextUpdateAt?: string;
  assessment?: { wording?: string; timing?: string; manner?: string };
}

/** `2026-11-26T09:30` in the office's zone, for a field. */
const local = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16);

export const valuesOf = (statement: Schemas['Statement']): DraftValues => ({
  kind: statement.kind as StatementKind,
  title: statement.title,
  body: statement.body,
  competentBodyId: statement.competentBodyId ?? statement.bodyId,
  cause: statement.cause,
  solution: statement.solution,
  constraints: statement.constraints,
  speaker: statement.speaker ?? { name: '', post: '', rank: '' },
  ...(statement.nextUpdateAt === null ? {} : { nextUpdateAt: local(statement.nextUpdateAt) }),
  ...(statement.assessment === null ? {} : { assessment: statement.assessment }),
});

/** The body of a save: an emptied field is gone, not an empty text. */
export function bodyOf({ kind: _kind, nextUpdateAt, assessment, ...values }: DraftValues) {
  const element = ({ text, notApplicableReason }: Element = {}) => ({
    ...(text ? { text } : {}),
    ...(notApplicableReason ? { notApplicableReason } : {}),
  });
  const { wording, timing, manner } = assessment ?? {};
  return {
    title: values.title,
    body: values.body,
    competentBodyId: values.competentBodyId,
    cause: element(values.cause),
    solution: element(values.solution),
    constraints: element(values.constraints),
    speaker: values.speaker.name ? values.speaker : null,
    nextUpdateAt: nextUpdateAt ? new Date(`${nextUpdateAt}:00+08:00`).toISOString() : null,
    assessment: wording && timing && manner ? { wording, timing, manner } : null,
  };
}

/** The fields of a draft: text, authoritative source, the three elements, speaker, promise, assessment. */
export function DraftFields({ disabled, isNew }: { disabled: boolean; isNew: boolean }) {
  const { t } = useTranslation();
  const bodies = useBodies();
  const required = [{ required: true, whitespace: true, message: t('required') }];
  return (
    <fieldset disabled={disabled} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      {isNew && (
        <Form.Item name="kind" label={t('draft.kind')}>
          <Select options={STATEMENT_KINDS.map((value) => ({ value, label: t(`draft.kinds.${value}`) }))} />
        </Form.Item>
      )}
      <Form.Item name="title" label={t('orders.statementTitle')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="body" label={t('orders.statementBody')} rules={required}>
        <Input.TextArea autoSize={{ minRows: 5 }} maxLength={20_000} />
      </Form.Item>
      <Form.Item name="competentBodyId" label={t('draft.competentBody')} rules={required}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          disabled={disabled}
          options={(bodies.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      {ELEMENTS.map((element) => (
        <Form.Item key={element} label={t(`orders.${element}`)} style={{ marginBottom: 8 }}>
          <Form.Item name={[element, 'text']} noStyle>
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={5_000} aria-label={t(`orders.${element}`)} />
          </Form.Item>
          <Form.Item name={[element, 'notApplicableReason']} noStyle>
            <Input
              style={{ marginTop: 4 }}
              maxLength={500}
              placeholder={t('draft.notApplicable')}
              aria-label={`${t(`orders.${element}`)} ${t('draft.notApplicable')}`}
            />
          </Form.Item>
        </Form.Item>
      ))}
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(130px, 1fr))', columnGap: 8 }}>
        <Form.Item name={['speaker', 'name']} label={t('draft.speakerName')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name={['speaker', 'post']} label={t('draft.speakerPost')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name={['speaker', 'rank']} label={t('draft.speakerRank')}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
      <Form.Item name="nextUpdateAt" label={t('draft.nextUpdate')} extra={t('draft.nextUpdateHint')}>
        <Input type="datetime-local" />
      </Form.Item>
      <details>
        <summary style={{ minHeight: 36 }}>{t('draft.assessment')}</summary>
        {(['wording', 'timing', 'manner'] as const).map((part) => (
          <Form.Item key={part} name={['assessment', part]} label={t(`draft.${part}`)}>
            <Input.TextArea autoSize={{ minRows: 1 }} maxLength={500} />
          </Form.Item>
        ))}
      </details>
    </fieldset>
  );
}
