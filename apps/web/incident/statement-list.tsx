import { Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBodyName } from '../api/reference';
import { useLabel, ValueTag } from '../labels/labels';
import { Instant } from '../time/instant';
import type { IncidentDetail } from './use-incident';

/** Statements with their gates, and the evidence that proves their publication. */
export function StatementList({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const label = useLabel();
  const nameOf = useBodyName();
  if (incident.statements.length === 0)
    return <Typography.Text type="secondary">{t('incident.noStatements')}</Typography.Text>;
  return (
    <Flex vertical gap={16}>
      {incident.statements.map((statement) => (
        <section key={statement.id}>
          <Flex wrap gap={8} align="baseline">
            <strong>{statement.title}</strong>
            <ValueTag group="statementState" value={statement.state} />
            <Typography.Text type="secondary">
              {statement.number} · {nameOf(statement.bodyId)}
            </Typography.Text>
          </Flex>
          <Typography.Paragraph style={{ whiteSpace: 'pre-wrap', marginBlock: 4 }}>
            {statement.body}
          </Typography.Paragraph>
          <Typography.Text type="secondary">
            {Object.entries(statement.gates)
              .map(([gate, passed]) => `${label('gate', gate)} ✓ ${passed.by}`)
              .join(' · ')}
          </Typography.Text>
          {incident.evidence
            .filter((evidence) => evidence.statementId === statement.id)
            .map((evidence) => (
              <Flex key={evidence.id} wrap gap={8} align="baseline" style={{ marginTop: 4 }}>
                <ValueTag group="evidenceState" value={evidence.state} />
                {evidence.url !== null && (
                  <a href={evidence.url} target="_blank" rel="noreferrer noopener">
                    {evidence.url}
                  </a>
                )}
                <Typography.Text type="secondary">
                  {evidence.publishedAt !== null && <Instant at={evidence.publishedAt} />}{' '}
                  {evidence.sha256 !== null && `SHA-256 ${evidence.sha256.slice(0, 12)}…`}{' '}
                  {evidence.refusal?.reason ?? ''}
                </Typography.Text>
              </Flex>
            ))}
        </section>
      ))}
    </Flex>
  );
}
