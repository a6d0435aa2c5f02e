import { Form, Input, Modal, Select, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { BASES, CATEGORIES, GRADES, useOptions } from '../labels/options';
import { useCommand } from '../shell/use-command';
import type { IncidentDetail } from './use-incident';
import { WhatIf } from './what-if';

interface Change {
  category: Schemas['Category'];
  grade: Schemas['Grade'];
  basis: Schemas['GradeBasis'];
  reason: string;
}

/** A corrected category, or a grade that was raised or lowered, with the reason that the ledger keeps. */
export function ChangeDialog({
  incident,
  what,
  onClose,
}: {
  incident: IncidentDetail;
  what: 'category' | 'grade';
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const options = useOptions();
  const [form] = Form.useForm<Change>();
  const grade = Form.useWatch('grade', form);
  const basis = Form.useWatch('basis', form);
  const params = { path: { id: incident.id }, header: ifMatch(incident.version) } as const;
  const change = useCommand(
    ({ category, grade, basis, reason }: Change) =>
      what === 'category'
        ? dataOf(api.POST('/api/v1/incidents/{id}/recategorise', { params, body: { category, reason } }))
        : dataOf(api.POST('/api/v1/incidents/{id}/regrade', { params, body: { grade, basis, reason } })),
    t(what === 'category' ? 'decide.recategorised' : 'decide.regraded'),
  );
  const title = t(what === 'category' ? 'decide.recategorise' : 'decide.regrade');
  return (
    <Modal
      open
      title={title}
      okText={title}
      onCancel={onClose}
      onOk={() => form.submit()}
      okButtonProps={{ loading: change.isPending }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ category: incident.category, grade: incident.grade, basis: 'confirmed' }}
        onFinish={(values) => change.mutate(values, { onSuccess: onClose })}
      >
        {what === 'category' ? (
          <Form.Item name="category" label={t('decide.category')}>
            <Select options={options('category', CATEGORIES)} />
          </Form.Item>
        ) : (
          <>
            <Typography.Paragraph type="secondary">{t('decide.regradeHint')}</Typography.Paragraph>
            <Form.Item name="grade" label={t('decide.grade')}>
              <Select options={options('grade', GRADES)} />
            </Form.Item>
            <Form.Item name="basis" label={t('decide.basis')}>
              <Select options={options('gradeBasis', BASES)} />
            </Form.Item>
          </>
        )}
        {what === 'grade' && grade !== undefined && basis !== undefined && (
          <WhatIf incidentId={incident.id} question={{ grade, basis }} />
        )}
        <Form.Item
          name="reason"
          label={t('decide.reason')}
          rules={[{ required: true, whitespace: true, message: t('required') }]}
        >
          <Input.TextArea rows={2} maxLength={1_000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
