import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Flex, Form, Input, Select, Table, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useBodies, useBodyName } from '../api/reference';
import { useMay } from '../api/session';
import { FormDialog, useRequired } from '../response/form-dialog';
import { useCommand } from '../shell/use-command';

const KINDS = [
  'webRelease',
  'wechat',
  'weibo',
  'app',
  'threadReply',
  'tvRadio',
  'paper',
  'briefing',
  'mediaInterview',
] as const;
type Kind = (typeof KINDS)[number];
interface Registration {
  bodyId: string;
  kind: Kind;
  name: string;
  urlPrefix?: string;
  firstPlatform?: boolean;
}

/** The official channels of bodies: registered by one, confirmed by another, ended with a reason. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const nameOf = useBodyName();
  const query = useQuery({
    queryKey: ['live', 'channels'],
    queryFn: () => dataOf(api.GET('/api/v1/channels')),
  });
  const kinds = t('channelsPage.kinds', { returnObjects: true }) as unknown as Record<string, string>;
  return (
    <div className="page" style={{ maxWidth: 1200 }}>
      <Flex wrap justify="space-between" align="center" gap={8} style={{ marginBottom: 8 }}>
        <Typography.Title level={1} style={{ fontSize: '1.3em', margin: 0 }}>
          {t('channelsPage.title')}
        </Typography.Title>
        {may('channel.register') && <Register />}
      </Flex>
      <Typography.Paragraph type="secondary">{t('channelsPage.hint')}</Typography.Paragraph>
      <Table
        rowKey="id"
        size="small"
        pagination={false}
        loading={query.isPending}
        scroll={{ x: 'max-content' }}
        dataSource={query.data?.items ?? []}
        columns={[
          {
            title: t('channelsPage.name'),
            render: (_, row) => (
              <>
                <strong>{row.name}</strong>{' '}
                {row.firstPlatform && <Tag color="processing">{t('channelsPage.first')}</Tag>}
              </>
            ),
          },
          { title: t('channelsPage.kind'), render: (_, row) => kinds[row.kind] ?? row.kind },
          { title: t('channelsPage.body'), render: (_, row) => nameOf(row.bodyId) },
          { title: t('channelsPage.address'), render: (_, row) => row.urlPrefix ?? '—' },
          {
            title: t('channelsPage.state'),
            render: (_, row) =>
              row.official ? (
                <Tag color="success">{t('channelsPage.confirmed', { name: row.confirmedByName ?? '' })}</Tag>
              ) : (
                <Tag color="warning">{t('channelsPage.waiting')}</Tag>
              ),
          },
          {
            title: '',
            render: (_, row) => may('channel.confirm') && <Acts id={row.id} official={row.official} />,
          },
        ]}
      />
    </div>
  );
}

function Register() {
  const { t } = useTranslation();
  const required = useRequired();
  const bodies = useBodies();
  const register = useCommand(
    (values: Registration) =>
      dataOf(
        api.POST('/api/v1/channels', {
          body: {
            bodyId: values.bodyId,
            kind: values.kind,
            name: values.name,
            urlPrefix: values.urlPrefix ? values.urlPrefix : null,
            firstPlatform: values.firstPlatform ?? false,
          },
        }),
      ),
    t('channelsPage.registered'),
  );
  return (
    <FormDialog<Registration>
      label={t('channelsPage.add')}
      primary
      initial={{ kind: 'webRelease' }}
      onSubmit={(values) => register.mutateAsync(values)}
    >
      <Form.Item name="bodyId" label={t('channelsPage.body')} rules={required}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(bodies.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="kind" label={t('channelsPage.kind')} rules={required}>
        <Select options={KINDS.map((value) => ({ value, label: t(`channelsPage.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="name" label={t('channelsPage.name')} rules={required}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="urlPrefix" label={t('channelsPage.address')} extra={t('channelsPage.addressHint')}>
        <Input inputMode="url" placeholder="https://" maxLength={500} />
      </Form.Item>
      <Form.Item name="firstPlatform" valuePropName="checked">
        <Checkbox>{t('channelsPage.first')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

function Acts({ id, official }: { id: string; official: boolean }) {
  const { t } = useTranslation();
  const required = useRequired();
  const params = { path: { id } };
  const confirm = useCommand(() => dataOf(api.POST('/api/v1/channels/{id}/confirm', { params, body: {} })));
  const end = useCommand((body: { reason: string }) => dataOf(api.POST('/api/v1/channels/{id}/end', { params, body })));
  return (
    <Flex gap={8}>
      {!official && (
        <Button
          type="primary"
          style={{ minHeight: 44 }}
          loading={confirm.isPending}
          onClick={() => confirm.mutate(undefined as never)}
        >
          {t('channelsPage.confirm')}
        </Button>
      )}
      <FormDialog<{ reason: string }>
        label={t('channelsPage.end')}
        danger
        onSubmit={(values) => end.mutateAsync(values)}
      >
        <Form.Item name="reason" label={t('channelsPage.endReason')} rules={required}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </FormDialog>
    </Flex>
  );
}
