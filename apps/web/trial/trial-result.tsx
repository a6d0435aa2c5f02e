import { Flex, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { GradeGround, type GradeDetails } from '../incident/grade-ground';
import { Highlighted } from '../incident/highlighted';
import { ReasonWords } from '../incident/reason-words';
import { reasonsOf, spansIn } from '../incident/reasons';
import { useLabel, ValueTag } from '../labels/labels';

/** Relevance, category, figures, event, grade and body, each with what it rests on. */
export function TrialResult({ title, body, result }: { title: string; body: string; result: Schemas['TextTrial'] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const reasons = reasonsOf(result.reasons);
  const kind = String(result.event['kind'] ?? 'none');
  return (
    <section className="why" aria-label={t('triage.trial.title')}>
      <Ground name={t(`triage.trial.${result.relevant ? 'relevant' : 'notRelevant'}`)}>
        {t(`triage.trial.decision.${result.decision}`)}
      </Ground>
      <Ground name={t('why.category')}>
        <ValueTag group="category" value={result.category} />
        {result.secondary.map((value) => (
          <ValueTag key={value} group="category" value={value} />
        ))}
        {result.tags.map((tag) => (
          <Tag key={tag}>{label('topic', tag)}</Tag>
        ))}
        <ReasonWords reasons={reasons} />
      </Ground>
      <Ground name={t('triage.trial.body')}>
        <div style={{ whiteSpace: 'pre-wrap', maxHeight: 240, overflowY: 'auto' }} tabIndex={0}>
          <strong>
            <Highlighted text={title} spans={spansIn(reasons, 0, title.length, t)} />
          </strong>{' '}
          <Highlighted text={body} spans={spansIn(reasons, title.length + 1, body.length, t)} />
        </div>
      </Ground>
      <Ground name={t('triage.trial.event')}>
        {t(`triage.trial.eventKind.${kind}`)} {result.eventTypes.map((type) => label('eventType', type)).join('、')}
      </Ground>
      {result.figures.length > 0 && (
        <Ground name={t('triage.trial.figures')}>
          {result.figures
            .map(({ label: name, min, max }) => `${label('figure', name)} ${rangeOf(min, max)}`)
            .join('；')}
        </Ground>
      )}
      <Ground name={t('why.grade')}>
        <GradeGround grade={result.grade} details={result.gradeDetails as GradeDetails} />
      </Ground>
      <Ground name={t('triage.trial.routing')}>
        <Routing routing={result.routing} />
      </Ground>
      <Typography.Text type="secondary">
        {t('triage.trial.versions', { model: result.modelVersion, rules: result.ruleVersion })}
      </Typography.Text>
    </section>
  );
}

const rangeOf = (min: number, max: number | null) =>
  max === null ? `≥ ${min}` : min === max ? String(min) : `${min}–${max}`;

function Ground({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="ground">
      <Typography.Text strong className="ground-name">
        {name}
      </Typography.Text>
      <div style={{ minWidth: 0 }}>{children}</div>
    </div>
  );
}

function Routing({ routing }: { routing: Schemas['TextTrial']['routing'] }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const lead = routing.lead ?? routing.suggestion;
  return (
    <Flex vertical gap={4}>
      <span>
        <strong>{lead === null ? t('triage.trial.nobody') : nameOf(lead.bodyId)}</strong>{' '}
        <Tag>{t('incident.rule', { rule: routing.rule })}</Tag> {routing.sentence}
      </span>
      {routing.chain.length > 0 && <span>{routing.chain.join(' › ')}</span>}
      {routing.coResponders.length > 0 && (
        <span>
          {routing.coResponders
            .map(({ bodyId, task }) => `${nameOf(bodyId)}${t('aside', { text: task })}`)
            .join(t('comma'))}
        </span>
      )}
      {routing.rejected.length > 0 && (
        <span className="muted">
          {t('triage.trial.rejected')}
          {t('colon')}
          {routing.rejected.map(({ code, why }) => `${code} ${why}`).join('；')}
        </span>
      )}
    </Flex>
  );
}
