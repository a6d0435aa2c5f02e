import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Input, Segmented, Skeleton, Tree, Typography } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useBodies } from '../api/reference';
import { DataTable } from '../shell/data-table';
import { useProblemText } from '../shell/use-command';
import { bodyTree } from './body-tree';
import { BodyCard } from './body-card';
import { ImportCard } from './import-card';

type Side = 'tree' | 'gaps' | 'import';

/** The administrator's directory: tree of bodies, one body with its people and duty, gaps, import. */
export function DirectoryPage() {
  const { t } = useTranslation();
  const [side, setSide] = useState<Side>('tree');
  const [chosen, setChosen] = useState<string | null>(null);
  const beside = useRef<HTMLDivElement>(null);
  // On a phone the body stands below the tree, out of sight.
  useEffect(() => {
    if (chosen !== null) beside.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div className="page">
      <Flex wrap gap={12} align="center" style={{ marginBottom: 12 }}>
        <Typography.Title level={1} style={{ fontSize: '1.3em', margin: 0, flex: 1 }}>
          {t('directoryPage.title')}
        </Typography.Title>
        <Segmented<Side>
          value={side}
          onChange={setSide}
          options={[
            { value: 'tree', label: t('directoryPage.title') },
            { value: 'gaps', label: t('directoryPage.gaps') },
            { value: 'import', label: t('directoryPage.import') },
          ]}
        />
      </Flex>
      <Flex wrap gap={16} align="flex-start">
        <div style={{ flex: '1 1 300px', minWidth: 0, maxWidth: side === 'tree' ? 420 : undefined }}>
          {side === 'tree' && <Bodies chosen={chosen} onChoose={setChosen} />}
          {side === 'gaps' && <Gaps onChoose={setChosen} />}
          {side === 'import' && <ImportCard />}
        </div>
        {side !== 'import' && (
          <div ref={beside} style={{ flex: '2 1 420px', minWidth: 0 }}>
            {chosen === null ? (
              <Card size="small">
                <Typography.Text type="secondary">{t('directoryPage.choose')}</Typography.Text>
              </Card>
            ) : (
              <BodyCard key={chosen} id={chosen} />
            )}
          </div>
        )}
      </Flex>
    </div>
  );
}

function Bodies({ chosen, onChoose }: { chosen: string | null; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  const bodies = useBodies();
  const [text, setText] = useState('');
  const nodes = useMemo(() => bodyTree(bodies.data ?? [], text.trim()), [bodies.data, text]);
  return (
    <Card size="small">
      <Input
        allowClear
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t('directoryPage.search')}
        aria-label={t('directoryPage.search')}
        style={{ marginBottom: 8 }}
      />
      {bodies.data === undefined && <Skeleton active />}
      {bodies.data !== undefined && (
        <Tree
          key={text === '' ? 'all' : 'found'}
          height={560}
          defaultExpandAll={text !== ''}
          defaultExpandedKeys={nodes.map(({ key }) => key)}
          selectedKeys={chosen === null ? [] : [chosen]}
          onSelect={(keys) => keys[0] !== undefined && onChoose(String(keys[0]))}
          treeData={nodes}
        />
      )}
    </Card>
  );
}

function Gaps({ onChoose }: { onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const query = useQuery({
    queryKey: ['live', 'directory', 'gaps'],
    queryFn: () => dataOf(api.GET('/api/v1/directory/gaps')),
  });
  if (query.isError) return <Alert type="error" showIcon title={problemText(query.error)} />;
  return (
    <DataTable
      size="small"
      rowKey={(row) => row.bodyId}
      loading={query.isPending}
      pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
      dataSource={query.data?.items ?? []}
      locale={{ emptyText: t('directoryPage.noGaps') }}
      columns={[
        {
          key: 'name',
          title: t('dispute.body'),
          render: (_, row) => (
            <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onChoose(row.bodyId)}>
              {row.name}
            </Button>
          ),
        },
        {
          key: 'gap',
          title: t('directoryPage.gaps'),
          filters: (['nobody', 'noSpokesperson', 'noDeputy'] as const).map((value) => ({
            value,
            text: t(`directoryPage.gap.${value}`),
          })),
          onFilter: (value, row) => row.gap === value,
          render: (_, row) => t(`directoryPage.gap.${row.gap}`),
        },
      ]}
    />
  );
}
