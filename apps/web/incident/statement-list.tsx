import { Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBodyName } from '../api/reference';
import { useLabel, ValueTag } from '../labels/labels';
import { EvidenceRow } from '../response/evidence-row';
import { FileEvidence } from '../response/file-evidence';
import { GuardPanel } from '../response/guard-panel';
import type { IncidentDetail } from './use-incident';

const BEFORE_RELEASE = new Set(['draft', 'submitted', 'reviewed', 'approved']);

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
              <EvidenceRow key={evidence.id} evidence={evidence} />
            ))}
          {(statement.state === 'approved' || statement.state === 'published') && (
            <div style={{ marginTop: 6 }}>
              <FileEvidence statement={statement} />
            </div>
          )}
          {BEFORE_RELEASE.has(statement.state) && <GuardPanel statement={statement} />}
        </section>
      ))}
    </Flex>
  );
}
