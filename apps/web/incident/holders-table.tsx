import { useQuery } from '@tanstack/react-query';
import { Flex, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useBodyName } from '../api/reference';
import { WideTable } from '../shell/wide-table';
import { Instant } from '../time/instant';
import type { IncidentDetail } from './use-incident';

/** Who held the incident for how long, from detection to close-out. */
export function HoldersTable({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const { data } = useQuery({
    queryKey: ['live', 'holders', incident.id, incident.version],
    queryFn: () => dataOf(api.GET('/api/v1/incidents/{id}/holders', { params: { path: { id: incident.id } } })),
  });
  if (data === undefined || data.spans.length === 0) return null;
  const total = data.spans.reduce((sum, span) => sum + span.minutes, 0);
  return (
    <section style={{ marginTop: 16 }}>
      <Flex align="baseline" gap={8}>
        <h3 className="part">{t('holders.title')}</h3>
        <Tag>{t('holders.pingPong', { count: data.pingPong })}</Tag>
      </Flex>
      <WideTable
        label={t('holders.title')}
        size="small"
        pagination={false}
        rowKey={(span) => span.from}
        dataSource={data.spans}
        columns={[
          { key: 'body', title: t('holders.body'), render: (_, span) => nameOf(span.bodyId) },
          { key: 'reason', title: t('holders.reason'), render: (_, span) => t(`holders.reasons.${span.reason}`) },
          { key: 'from', title: t('holders.from'), render: (_, span) => <Instant at={span.from} /> },
          { key: 'to', title: t('holders.to'), render: (_, span) => <Instant at={span.to} /> },
          {
            key: 'minutes',
            title: t('holders.minutes'),
            align: 'right',
            render: (_, span) => Math.round(span.minutes),
          },
        ]}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0} colSpan={4}>
              {t('holders.total')}
            </Table.Summary.Cell>
            <Table.Summary.Cell index={4} align="right">
              {Math.round(total)}
            </Table.Summary.Cell>
          </Table.Summary.Row>
        )}
      />
    </section>
  );
}
