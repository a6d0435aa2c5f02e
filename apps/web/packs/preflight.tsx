import { useQuery } from '@tanstack/react-query';
import { Alert, Collapse, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useProblemText } from '../shell/use-command';

/** Whether the pack is fit, and every category of every place reaches a body with a person. */
export function Preflight({ packId }: { packId: string }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const query = useQuery({
    queryKey: ['packs', packId, 'preflight'],
    queryFn: () => dataOf(api.GET('/api/v1/policy-packs/{id}/preflight', { params: { path: { id: packId } } })),
  });
  if (query.isError) return <Alert type="error" showIcon title={problemText(query.error)} />;
  if (query.data === undefined) return <Skeleton active paragraph={{ rows: 1 }} />;
  const { ok, findings } = query.data;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return (
    <Alert
      type={ok ? 'success' : 'error'}
      showIcon
      title={ok ? t('packs.preflightOk') : t('packs.preflightErrors', { count: errors })}
      description={
        findings.length === 0 ? undefined : (
          <Collapse
            ghost
            size="small"
            items={[
              {
                key: 'findings',
                label: `${t('packs.preflight')} ${findings.length}`,
                children: (
                  <ul className="rows">
                    {findings.map(({ severity, where, message }, index) => (
                      <li key={index}>
                        <strong>{t(`packs.severity.${severity}`)}</strong> {where}: {message}
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]}
          />
        )
      }
    />
  );
}
