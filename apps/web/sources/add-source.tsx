import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useJurisdictions } from '../api/reference';
import { useCommand } from '../shell/use-command';

const KINDS = [
  'feed',
  'page',
  'hotline',
  'mailbox',
  'messageBoard',
  'weibo',
  'wechat',
  'vendor',
  'manual',
  'webhook',
] as const;
const RANKS = ['individual', 'local', 'city', 'central', 'official'] as const;

interface NewSource {
  name: string;
  kind: Schemas['Source']['kind'];
  url?: string;
  route?: string;
  channel: string;
  jurisdiction: string;
  region?: string;
  rank: Schemas['Source']['rank'];
  intervalSeconds: number;
}

/** A new source; a feed is asked for the first time at once. */
export function AddSource({ rsshub, onClose }: { rsshub: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const places = useJurisdictions();
  const [form] = Form.useForm<NewSource>();
  const kind = Form.useWatch('kind', form);
  const route = Form.useWatch('route', form);
  const polled = kind === 'feed' || kind === 'page';
  const add = useCommand(
    (values: NewSource) =>
      dataOf(
        api.POST('/api/v1/sources', {
          body: Object.fromEntries(
            Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
          ) as never,
        }),
      ),
    t('addSource.added'),
  );
  const required = [{ required: true, message: t('required') }];
  return (
    <Modal
      open
      title={t('addSource.add')}
      okText={t('addSource.add')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okButtonProps={{ loading: add.isPending }}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'feed', rank: 'individual', intervalSeconds: 900, jurisdiction: places.data?.[0]?.code }}
        onFinish={(values) => add.mutate(values, { onSuccess: onClose })}
      >
        <Form.Item name="name" label={t('sourcesPage.name')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="kind" label={t('addSource.kind')}>
          <Select options={KINDS.map((value) => ({ value, label: t(`addSource.kinds.${value}`) }))} />
        </Form.Item>
        {rsshub && kind === 'feed' && (
          <Form.Item name="route" label={t('ingest.route')} extra={t('ingest.routeHint')}>
            <Input placeholder="/weibo/user/1234" maxLength={500} />
          </Form.Item>
        )}
        {polled && (route ?? '') === '' && (
          <Form.Item
            name="url"
            label={t('addSource.url')}
            extra={t('addSource.urlHint')}
            rules={[{ required: true, type: 'url', message: t('addSource.urlHint') }]}
          >
            <Input inputMode="url" placeholder="https://" />
          </Form.Item>
        )}
        <Form.Item name="channel" label={t('addSource.channel')} rules={required}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="jurisdiction" label={t('addSource.jurisdiction')} rules={required}>
          <Select options={(places.data ?? []).map((place) => ({ value: place.code, label: place.name }))} />
        </Form.Item>
        <Form.Item name="region" label={t('addSource.region')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="rank" label={t('addSource.rank')}>
          <Select options={RANKS.map((value) => ({ value, label: t(`addSource.ranks.${value}`) }))} />
        </Form.Item>
        {polled && (
          <Form.Item name="intervalSeconds" label={t('addSource.interval')}>
            <InputNumber min={30} max={86_400} style={{ width: '100%' }} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
