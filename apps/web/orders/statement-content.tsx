import { Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { ELEMENTS } from '../response/draft-fields';
import { Instant } from '../time/instant';

/** What was handed in: whoever passes a gate answers for the elements, the speaker and the promise as much as for the text. */
export function StatementContent({ statement }: { statement: Schemas['Statement'] }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const { speaker, competentBodyId, nextUpdateAt } = statement;
  return (
    <>
      <Typography.Paragraph style={{ whiteSpace: 'pre-wrap' }} ellipsis={{ rows: 8, expandable: true }}>
        {statement.body}
      </Typography.Paragraph>
      <dl className="stated">
        {ELEMENTS.map((element) => (
          <Entry key={element} name={t(`orders.${element}`)}>
            {statement[element].text ?? statement[element].notApplicableReason ?? '—'}
          </Entry>
        ))}
        {competentBodyId !== null && <Entry name={t('draft.competentBody')}>{nameOf(competentBodyId)}</Entry>}
        {speaker !== null && (
          <Entry name={t('orders.speaker')}>
            {[...new Set([speaker.name, speaker.post, speaker.rank])].join(' · ')}
          </Entry>
        )}
        {nextUpdateAt !== null && (
          <Entry name={t('draft.nextUpdate')}>
            <Instant at={nextUpdateAt} />
          </Entry>
        )}
      </dl>
    </>
  );
}

function Entry({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
