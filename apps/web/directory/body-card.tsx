import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Collapse, Descriptions, Skeleton, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { DataTable } from '../shell/data-table';
import { useProblemText } from '../shell/use-command';
import { Instant } from '../time/instant';
import { AppointForm, PlanForm } from './people-forms';

/** One body: what it is for, who speaks for it, who is on duty, by which words it is found. */
export function BodyCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const problemText = useProblemText();
  const query = useQuery({
    queryKey: ['live', 'directory', id],
    queryFn: () => dataOf(api.GET('/api/v1/directory/body', { params: { query: { id } as never } })),
  });
  if (query.isError) return <Alert type="error" showIcon title={problemText(query.error)} />;
  if (query.data === undefined) return <Skeleton active />;
  const body = query.data;
  const personOf = (personId: string | null) => body.persons.find((person) => person.id === personId)?.name ?? '—';
  return (
    <Card size="small" title={body.name} extra={<Typography.Text type="secondary">{body.id}</Typography.Text>}>
      {body.persons.length === 0 && body.accounts === 0 && (
        <Alert type="warning" showIcon title={t('directoryPage.unreachable')} style={{ marginBottom: 12 }} />
      )}
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'duty', label: t('directoryPage.duty'), children: body.duty || '—' },
          { key: 'parent', label: t('directoryPage.parent'), children: nameOf(body.parentId) },
          ...(body.regulatorId === null
            ? []
            : [{ key: 'regulator', label: t('directoryPage.regulator'), children: nameOf(body.regulatorId) }]),
          {
            key: 'onDuty',
            label: t('directoryPage.onDuty'),
            children: (
              <>
                <strong>{personOf(body.onDuty.personId)}</strong>
                {body.onDuty.deputyId !== null &&
                  `；${t('directoryPage.deputy')} ${personOf(body.onDuty.deputyId)}`}{' '}
                <Tag>{t(`directoryPage.by.${body.onDuty.by}`)}</Tag>
                <Typography.Text type="secondary">
                  {t('directoryPage.accounts', { count: body.accounts })}
                </Typography.Text>
              </>
            ),
          },
        ]}
      />
      <People body={body} />
      <Roster body={body} personOf={personOf} />
      <Collapse
        style={{ marginTop: 12 }}
        items={[
          {
            key: 'words',
            label: `${t('directoryPage.words')} ${body.strongWords.length} + ${body.weakWords.length}`,
            children: (
              <>
                {body.strongWords.map((word) => (
                  <Tag key={word} color="processing">
                    {word}
                  </Tag>
                ))}
                {body.weakWords.map((word) => (
                  <Tag key={word}>{word}</Tag>
                ))}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

function People({ body }: { body: Schemas['BodyDetail'] }) {
  const { t } = useTranslation();
  return (
    <>
      <h3 className="part">{t('directoryPage.people')}</h3>
      <DataTable
        size="small"
        rowKey="id"
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('directoryPage.none') }}
        dataSource={body.persons}
        columns={[
          { key: 'name', title: t('directoryPage.name'), dataIndex: 'name' },
          { key: 'post', title: t('directoryPage.post'), dataIndex: 'post' },
          {
            key: 'role',
            title: t('directoryPage.role'),
            render: (_, person) => t(`directoryPage.roles.${person.role}`),
          },
          { key: 'phone', title: t('directoryPage.phone'), render: (_, person) => person.phone ?? '—' },
          { key: 'from', title: t('directoryPage.validFrom'), dataIndex: 'validFrom' },
        ]}
      />
      <AppointForm bodyId={body.id} />
    </>
  );
}

function Roster({ body, personOf }: { body: Schemas['BodyDetail']; personOf: (id: string | null) => string }) {
  const { t } = useTranslation();
  return (
    <>
      <h3 className="part">{t('directoryPage.roster')}</h3>
      <DataTable
        size="small"
        rowKey="id"
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('directoryPage.noTurns') }}
        dataSource={body.turns}
        columns={[
          { key: 'person', title: t('directoryPage.person'), render: (_, turn) => personOf(turn.personId) },
          { key: 'deputy', title: t('directoryPage.deputy'), render: (_, turn) => personOf(turn.deputyId) },
          { key: 'starts', title: t('directoryPage.starts'), render: (_, turn) => <Instant at={turn.startsAt} /> },
          { key: 'ends', title: t('directoryPage.ends'), render: (_, turn) => <Instant at={turn.endsAt} /> },
          {
            key: 'handover',
            title: t('directoryPage.handover'),
            render: (_, turn) => (turn.handover === null ? '—' : `${turn.handover.note}（${turn.handover.by}）`),
          },
        ]}
      />
      {body.persons.length > 0 && <PlanForm body={body} />}
    </>
  );
}
