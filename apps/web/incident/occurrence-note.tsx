import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch } from '../api/client';
import { useMay } from '../api/session';
import { FieldName } from '../shell/field-name';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';
import type { IncidentDetail } from './use-incident';

interface Occurrence {
  at: string;
  text: string;
}

/** When the text says that it happened: a proposal, until a person takes it as the stamp from which clocks may start. */
export function OccurrenceNote({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const { occurrence } = incident.gradeDetails as { occurrence?: Occurrence };
  const adopt = useCommand((found: Occurrence) =>
    dataOf(
      api.POST('/api/v1/incidents/{id}/stamps', {
        params: { path: { id: incident.id }, header: ifMatch(incident.version) },
        body: { stamp: 'occurredAt', value: found.at, source: found.text, reason: t('triage.occurrence.reason') },
      }),
    ),
  );
  if (occurrence === undefined || incident.occurredAt !== null) return null;
  return (
    <Flex gap={8} align="center" wrap>
      <FieldName>{t('triage.occurrence.found')}</FieldName>
      <mark className="cue">{occurrence.text}</mark>
      <Instant at={occurrence.at} />
      {may('stamp.correct') && (
        <Button size="small" loading={adopt.isPending} onClick={() => adopt.mutate(occurrence)}>
          {t('triage.occurrence.adopt')}
        </Button>
      )}
    </Flex>
  );
}
