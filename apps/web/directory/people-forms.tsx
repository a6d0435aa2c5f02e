import { Button, DatePicker, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useCommand } from '../shell/use-command';

const ROLES = ['spokesperson', 'head', 'deputy', 'liaison'] as const;
const ROW = { rowGap: 8, marginTop: 8 };

interface Appointment {
  name: string;
  post?: string;
  role: (typeof ROLES)[number];
  phone?: string;
}

/** Appoints somebody from today on. */
export function AppointForm({ bodyId }: { bodyId: string }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Appointment>();
  const appoint = useCommand(
    ({ phone, post = '', ...person }: Appointment) =>
      dataOf(
        api.POST('/api/v1/directory/persons', {
          body: { bodyId, ...person, post, ...(phone ? { phone } : {}) },
        }),
      ),
    t('directoryPage.saved'),
  );
  const needed = [{ required: true, whitespace: true, message: t('required') }];
  return (
    <Form
      form={form}
      layout="inline"
      style={ROW}
      initialValues={{ role: 'spokesperson' }}
      onFinish={(values) => appoint.mutate(values, { onSuccess: () => form.resetFields() })}
    >
      <Form.Item name="name" rules={needed}>
        <Input placeholder={t('directoryPage.name')} aria-label={t('directoryPage.name')} maxLength={40} />
      </Form.Item>
      <Form.Item name="post">
        <Input placeholder={t('directoryPage.post')} aria-label={t('directoryPage.post')} maxLength={80} />
      </Form.Item>
      <Form.Item name="role">
        <Select
          style={{ minWidth: 140 }}
          aria-label={t('directoryPage.role')}
          options={ROLES.map((value) => ({ value, label: t(`directoryPage.roles.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="phone">
        <Input placeholder={t('directoryPage.phone')} aria-label={t('directoryPage.phone')} maxLength={40} />
      </Form.Item>
      <Button htmlType="submit" loading={appoint.isPending}>
        {t('directoryPage.add')}
      </Button>
    </Form>
  );
}

interface Plan {
  personId: string;
  deputyId?: string;
  span: [{ toISOString(): string }, { toISOString(): string }];
}

/** Plans a turn of duty with its deputy. */
export function PlanForm({ body }: { body: Schemas['BodyDetail'] }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Plan>();
  const plan = useCommand(
    ({ personId, deputyId, span }: Plan) =>
      dataOf(
        api.POST('/api/v1/directory/turns', {
          body: {
            bodyId: body.id,
            personId,
            ...(deputyId === undefined ? {} : { deputyId }),
            startsAt: span[0].toISOString(),
            endsAt: span[1].toISOString(),
          },
        }),
      ),
    t('directoryPage.saved'),
  );
  const options = body.persons.map(({ id, name }) => ({ value: id, label: name }));
  const needed = [{ required: true, message: t('required') }];
  return (
    <Form
      form={form}
      layout="inline"
      style={ROW}
      onFinish={(values) => plan.mutate(values, { onSuccess: () => form.resetFields() })}
    >
      <Form.Item name="personId" rules={needed}>
        <Select
          style={{ minWidth: 140 }}
          options={options}
          placeholder={t('directoryPage.person')}
          aria-label={t('directoryPage.person')}
        />
      </Form.Item>
      <Form.Item name="deputyId">
        <Select
          allowClear
          style={{ minWidth: 140 }}
          options={options}
          placeholder={t('directoryPage.deputy')}
          aria-label={t('directoryPage.deputy')}
        />
      </Form.Item>
      <Form.Item name="span" rules={needed}>
        <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" />
      </Form.Item>
      <Button htmlType="submit" loading={plan.isPending}>
        {t('directoryPage.plan')}
      </Button>
    </Form>
  );
}
