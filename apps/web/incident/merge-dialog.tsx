import { useQuery } from '@tanstack/react-query';
import { Input, Modal, Radio, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch } from '../api/client';
import { usePlaces } from '../api/reference';
import { ValueTag } from '../labels/labels';
import { useCommand } from '../shell/use-command';
import type { IncidentDetail } from './use-incident';

const SHOWN = 20;

/** Chooses the incident into which this one goes. Those of the same place come first. */
export function MergeDialog({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const placeOf = usePlaces();
  const [q, setQ] = useState('');
  const [into, setInto] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ['merge-targets', q],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/incidents', {
          params: {
            query: { limit: 50, state: 'proposed,confirmed,assigned,responded', ...(q === '' ? {} : { q }) } as never,
          },
        }),
      ),
  });
  const merge = useCommand(
    () =>
      dataOf(
        api.POST('/api/v1/incidents/{id}/merge', {
          params: { path: { id: incident.id }, header: ifMatch(incident.version) },
          body: { into: into! },
        }),
      ),
    t('decide.merged'),
  );
  const near = (place: string) => (place === incident.jurisdiction ? 0 : 1);
  const targets = (found.data?.items ?? [])
    .filter((row) => row.id !== incident.id)
    .sort((a, b) => near(a.jurisdiction) - near(b.jurisdiction))
    .slice(0, SHOWN);
  return (
    <Modal
      open
      title={t('decide.mergeInto')}
      okText={t('decide.merge')}
      okButtonProps={{ disabled: into === null, loading: merge.isPending }}
      onCancel={onClose}
      onOk={() => merge.mutate(undefined as never, { onSuccess: onClose })}
    >
      <Typography.Paragraph type="secondary">{t('decide.mergeHint')}</Typography.Paragraph>
      <Input.Search
        autoFocus
        allowClear
        placeholder={t('decide.searchIncident')}
        aria-label={t('decide.searchIncident')}
        onSearch={setQ}
        style={{ marginBottom: 8 }}
      />
      <Radio.Group
        value={into}
        onChange={(event) => setInto(event.target.value as string)}
        style={{ display: 'flex', flexDirection: 'column', gap: 8, maxHeight: 320, overflowY: 'auto' }}
      >
        {targets.map((row) => (
          <Radio key={row.id} value={row.id}>
            {row.title} <ValueTag group="incidentState" value={row.state} />
            <Typography.Text type="secondary">
              {placeOf(row.jurisdiction)} · {row.number}
            </Typography.Text>
          </Radio>
        ))}
      </Radio.Group>
    </Modal>
  );
}
