import { Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useCommand } from '../shell/use-command';
import { FormDialog, instantOf, useRequired } from './form-dialog';

interface Held {
  heldAt: string;
  place?: string;
  liveUrl?: string;
  host: string;
  speakers: string;
  mediaCount: number;
  recordUrl: string;
}

/** What proves that a conference was held (domain 3.4): start, place, host, speakers with rank, media, record. */
export function HeldForm({ conference }: { conference: Schemas['PressConference'] }) {
  const { t } = useTranslation();
  const required = useRequired();
  const params = { path: { id: conference.id }, header: ifMatch(conference.version) } as const;
  const hold = useCommand((values: Held) =>
    dataOf(
      api.POST('/api/v1/press-conferences/{id}/held', {
        params,
        body: {
          heldAt: instantOf(values.heldAt),
          host: values.host,
          speakers: speakersOf(values.speakers),
          mediaCount: values.mediaCount,
          recordUrl: values.recordUrl,
          ...(values.place ? { place: values.place } : {}),
          ...(values.liveUrl ? { liveUrl: values.liveUrl } : {}),
        },
      }),
    ),
  );
  return (
    <FormDialog<Held>
      label={t('conference.held')}
      primary
      initial={{ place: conference.place ?? '', mediaCount: 1 }}
      onSubmit={(values) => hold.mutateAsync(values)}
    >
      <Form.Item name="heldAt" label={t('conference.heldAt')} rules={required}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="place" label={t('course.place')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="host" label={t('conference.host')} rules={required}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="speakers" label={t('conference.speakers')} extra={t('conference.speakersHint')} rules={required}>
        <Input.TextArea rows={3} maxLength={2_000} />
      </Form.Item>
      <Form.Item name="mediaCount" label={t('conference.media')} rules={required}>
        <InputNumber min={0} max={10_000} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item
        name="recordUrl"
        label={t('conference.record')}
        rules={[{ required: true, type: 'url', message: t('required') }]}
      >
        <Input inputMode="url" placeholder="https://" />
      </Form.Item>
      <Form.Item name="liveUrl" label={t('conference.live')} rules={[{ type: 'url', message: t('required') }]}>
        <Input inputMode="url" placeholder="https://" />
      </Form.Item>
    </FormDialog>
  );
}

/** One speaker a line: name, post, rank. */
const speakersOf = (text: string): { name: string; post: string; rank: string }[] =>
  text
    .split('\n')
    .map((line) => line.split(/[,，]/u).map((part) => part.trim()))
    .filter(([name]) => (name ?? '') !== '')
    .map(([name = '', post = '', rank = '']) => ({ name, post: post || rank, rank }));
