import { Form, Input, Modal, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useBodies } from '../api/reference';
import { useSession } from '../api/session';
import { useCommand } from '../shell/use-command';

interface Draft {
  title: string;
  words: string[];
  places: string[];
  startsAt: string;
  endsAt: string;
  risks: string;
  wording: string;
  bodyId?: string;
  ended: boolean;
}

const OFFICE_ZONE = '+08:00';
const OFFICE_OFFSET_MS = 8 * 3_600_000;
/** An instant as the field of a form wants it, in the office's zone. */
const civil = (instant: string) => new Date(Date.parse(instant) + OFFICE_OFFSET_MS).toISOString().slice(0, 16);

/** Writes or changes one risk note. */
export function WatchDialog({ watch, onClose }: { watch: Schemas['Watch'] | null; onClose: () => void }) {
  const { t } = useTranslation();
  const bodies = useBodies();
  const { jurisdictions } = useSession();
  const [form] = Form.useForm<Draft>();
  const save = useCommand(({ ended, startsAt, endsAt, bodyId, ...draft }: Draft) => {
    const body = {
      ...draft,
      risks: draft.risks ?? '',
      wording: draft.wording ?? '',
      startsAt: `${startsAt}:00${OFFICE_ZONE}`,
      endsAt: `${endsAt}:00${OFFICE_ZONE}`,
      bodyId: bodyId ?? null,
    };
    return watch === null
      ? dataOf(api.POST('/api/v1/watches', { body: { ...body, jurisdiction: jurisdictions[0] ?? '' } }))
      : dataOf(
          api.PUT('/api/v1/watches/{id}', {
            params: { path: { id: watch.id }, header: ifMatch(watch.version) },
            body: { ...body, state: ended ? 'closed' : 'open' },
          }),
        );
  }, t('triage.watches.saved'));
  const required = [{ required: true, message: t('required') }];
  return (
    <Modal
      open
      title={t(watch === null ? 'triage.watches.add' : 'triage.watches.edit')}
      okText={t('save')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okButtonProps={{ loading: save.isPending }}
    >
      <Form<Draft>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={
          watch === null
            ? { words: [], places: [], ended: false }
            : {
                ...watch,
                startsAt: civil(watch.startsAt),
                endsAt: civil(watch.endsAt),
                bodyId: watch.bodyId ?? undefined,
                ended: watch.state === 'closed',
              }
        }
        onFinish={({ title, words, places, startsAt, endsAt, risks, wording, bodyId, ended }) =>
          save.mutate(
            { title, words, places, startsAt, endsAt, risks, wording, ended, ...(bodyId ? { bodyId } : {}) },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item name="title" label={t('triage.watches.name')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="words" label={t('triage.watches.words')} rules={required}>
          <Select mode="tags" tokenSeparators={['、', '，', ',', ' ']} open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="places" label={t('triage.watches.places')}>
          <Select mode="tags" tokenSeparators={['、', '，', ',', ' ']} open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item label={t('triage.watches.period')} required>
          <Form.Item name="startsAt" rules={required} noStyle>
            <Input type="datetime-local" style={{ width: '49%' }} aria-label={t('triage.watches.period')} />
          </Form.Item>{' '}
          <Form.Item name="endsAt" rules={required} noStyle>
            <Input type="datetime-local" style={{ width: '49%' }} aria-label={t('triage.watches.period')} />
          </Form.Item>
        </Form.Item>
        <Form.Item name="risks" label={t('triage.watches.risks')}>
          <Input.TextArea rows={2} maxLength={5_000} />
        </Form.Item>
        <Form.Item name="wording" label={t('triage.watches.wording')}>
          <Input.TextArea rows={3} maxLength={10_000} />
        </Form.Item>
        <Form.Item name="bodyId" label={t('triage.watches.body')}>
          <Select
            allowClear
            showSearch
            optionFilterProp="label"
            options={(bodies.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        {watch !== null && (
          <Form.Item name="ended" label={t('triage.watches.close')} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
