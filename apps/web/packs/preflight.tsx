import { useQuery } from '@tanstack/react-query';
import { Alert, Collapse, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useProblemText } from '../shell/use-command';
import { useRuleWords } from './rule-words';

/** Whether the pack is fit, and every category of every place reaches a body with a person. */
export function Preflight({ packId }: { packId: string }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const words = useRuleWords();
  const query = useQuery({
    queryKey: ['packs', packId, 'preflight'],
    queryFn: () => dataOf(api.GET('/api/v1/policy-packs/preflight', { params: { query: { pack: packId } } })),
  });
  if (query.isError) return <Alert type="error" showIcon title={problemText(query.error)} />;
  if (query.data === undefined) return <Skeleton active paragraph={{ rows: 1 }} />;
  const { ok, findings } = query.data;
  /** In words; the pack's own English where a newer server names what this page doesn't know. */
  const sayFinding = ({ code, values, message }: Schemas['PackFinding']): string =>
    t(`packs.findings.${code}`, {
      ...values,
      group: values['class'] === undefined ? '' : words.group(String(values['class']), String(values['heat'])),
      defaultValue: message,
    });
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
                    {findings.map((finding, index) => (
                      <li key={index}>
                        <strong>{t(`packs.severity.${finding.severity}`)}</strong> {finding.where}
                        {t('colon')}
                        {sayFinding(finding)}
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
