import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { BASES, CATEGORIES, GRADES, useOptions } from '../labels/options';
import type { IncidentRow } from './use-inbox';

interface Correction {
  title: string;
  category: Schemas['Category'];
  grade: Schemas['Grade'];
  gradeBasis: Schemas['GradeBasis'];
}

interface CorrectDialogProps {
  incident: IncidentRow;
  onCancel: () => void;
  onCorrect: (correction: Partial<Correction>) => void;
}

/** Confirmation with corrections; only what was changed is sent, so that a proposal that was right stays one. */
export function CorrectDialog({ incident, onCancel, onCorrect }: CorrectDialogProps) {
  const { t } = useTranslation();
  const options = useOptions();
  const [form] = Form.useForm<Correction>();
  const finish = (values: Correction) => {
    const changed = Object.entries(values).filter(([key, value]) => value !== incident[key as keyof Correction]);
    const graded = changed.some(([key]) => key === 'grade' || key === 'gradeBasis');
    onCorrect({
      ...Object.fromEntries(changed),
      ...(graded ? { grade: values.grade, gradeBasis: values.gradeBasis } : {}),
    });
  };
  return (
    <Modal open title={t('decide.correct')} okText={t('decide.confirm')} onCancel={onCancel} onOk={() => form.submit()}>
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          title: incident.title,
          category: incident.category,
          grade: incident.grade,
          gradeBasis: incident.gradeBasis,
        }}
        onFinish={finish}
      >
        <Form.Item
          name="title"
          label={t('decide.title')}
          rules={[{ required: true, whitespace: true, message: t('required') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="category" label={t('decide.category')}>
          <Select options={options('category', CATEGORIES)} />
        </Form.Item>
        <Form.Item name="grade" label={t('decide.grade')}>
          <Select options={options('grade', GRADES)} />
        </Form.Item>
        <Form.Item name="gradeBasis" label={t('decide.basis')}>
          <Select options={options('gradeBasis', BASES)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
