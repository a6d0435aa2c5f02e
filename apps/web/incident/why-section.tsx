import { Alert, Flex, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBodyName } from '../api/reference';
import { useLabel, ValueTag } from '../labels/labels';
import { FieldName } from '../shell/field-name';
import { GradeGround, type GradeDetails } from './grade-ground';
import { HeatGround } from './heat-ground';
import { OccurrenceNote } from './occurrence-note';
import { reasonsOf, ruleSentence, wordsByRule } from './reasons';
import type { IncidentDetail } from './use-incident';

interface Categories {
  scores?: Record<string, number>;
  reasons?: unknown;
  secondary?: string[];
  abstained?: boolean;
  tags?: string[];
}

/** Why the system says what it says: category with its words, grade with its row, body with its rule and rivals. */
export function WhySection({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const label = useLabel();
  const categories = incident.categories as Categories;
  const reasons = reasonsOf(categories.reasons);
  const groups = wordsByRule(reasons, t);
  const sentences = [
    ...new Set(reasons.filter((reason) => reason.end <= reason.start).map((reason) => ruleSentence(t, reason))),
  ];
  return (
    <section aria-label={t('why.title')} className="why">
      <Ground name={t('why.category')}>
        <ValueTag group="category" value={incident.category} />
        {(categories.secondary ?? []).length > 0 && (
          <>
            {t('why.secondary')}{' '}
            {categories.secondary!.map((value) => (
              <ValueTag key={value} group="category" value={value} />
            ))}
          </>
        )}
        {(categories.tags ?? []).map((tag) => (
          <Tag key={tag}>{label('topic', tag)}</Tag>
        ))}
        {categories.abstained === true && (
          <Alert type="warning" showIcon title={t('why.abstained')} style={{ marginBlock: 6 }} />
        )}
        <Flex vertical gap={2} style={{ marginTop: 4 }}>
          {groups.map(({ name, words }) => (
            <span key={name}>
              <FieldName>{name}</FieldName>
              {words.map((text) => (
                <mark key={text} className="cue" style={{ marginInlineEnd: 6 }}>
                  {text}
                </mark>
              ))}
            </span>
          ))}
        </Flex>
        {sentences.length > 0 && (
          <details>
            <summary>{t('why.rules', { count: sentences.length })}</summary>
            <ul style={{ margin: '4px 0', paddingInlineStart: 20 }}>
              {sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </details>
        )}
      </Ground>
      <Ground name={t('why.grade')}>
        <GradeGround grade={incident.grade} details={incident.gradeDetails as GradeDetails} />
        <OccurrenceNote incident={incident} />
      </Ground>
      <Ground name={t('triage.heat.title')}>
        <HeatGround level={incident.heatLevel} score={incident.heatScore} details={incident.heatDetails} />
      </Ground>
      <Ground name={t('why.routing')}>
        <Routing incident={incident} />
      </Ground>
    </section>
  );
}

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

interface RoutingDetails {
  sentence?: string;
  disputed?: boolean;
  leadDecisionBy?: string | null;
  tasks?: { bodyId: string; task: string }[];
  matched?: { word: string }[];
  rejected?: { code: string; score: number; why: string }[];
  place?: { chain?: string[] };
}

function Routing({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const label = useLabel();
  const { proposal } = incident;
  if (proposal === null) return <Typography.Text type="secondary">{t('why.none')}</Typography.Text>;
  const details = proposal.proposal as RoutingDetails;
  // A candidate is named by its code within the place; bodies of the city bear the city's.
  const nameOfCode = (code: string) => {
    const here = `${proposal.jurisdiction ?? ''}-${code}`;
    return nameOf(here) === here ? nameOf(`${(proposal.jurisdiction ?? '').slice(0, 4)}00-${code}`) : nameOf(here);
  };
  const words = [...new Set((details.matched ?? []).map(({ word }) => word))].slice(0, 12);
  return (
    <Flex vertical gap={4}>
      <span>
        <strong>{nameOf(proposal.leadBodyId)}</strong> <Tag>{t('incident.rule', { rule: proposal.rule })}</Tag>{' '}
        {details.sentence}
      </span>
      {(details.place?.chain ?? []).length > 0 && (
        <span>
          <FieldName>{t('why.place')}</FieldName>
          {details.place!.chain!.join(' › ')}
        </span>
      )}
      {(details.tasks ?? []).length > 0 && (
        <span>
          <FieldName>{label('role', 'co')}</FieldName>
          {details
            .tasks!.map(({ bodyId, task }) =>
              task === '' ? nameOf(bodyId) : `${nameOf(bodyId)}${t('aside', { text: task })}`,
            )
            .join('、')}
        </span>
      )}
      {words.length > 0 && (
        <span>
          <FieldName>{t('why.words')}</FieldName>
          {words.map((word) => (
            <mark key={word} className="cue" style={{ marginInlineEnd: 6 }}>
              {word}
            </mark>
          ))}
        </span>
      )}
      {details.disputed === true && (
        <Alert
          type="warning"
          showIcon
          title={t('why.disputed', { body: nameOfCode(details.leadDecisionBy ?? 'GOVO') })}
        />
      )}
      {(details.rejected ?? []).length > 0 && (
        <details>
          <summary>{t('why.rejected')}</summary>
          <ul style={{ margin: '4px 0', paddingInlineStart: 20 }}>
            {details.rejected!.map((candidate) => (
              <li key={candidate.code}>
                {nameOfCode(candidate.code)} · {t('why.score', { score: candidate.score })} · {candidate.why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Flex>
  );
}
