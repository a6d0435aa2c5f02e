import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch } from '../api/client';
import { useMay } from '../api/session';
import type { IncidentDetail } from '../incident/use-incident';
import { FieldName } from '../shell/field-name';
import { useCommand } from '../shell/use-command';
import { fullTime } from '../time/format';
import { FormDialog } from './form-dialog';
import { Section } from './section';

interface Entries {
  entries: { topic: string; wording: string }[];
}

/** What all bodies say alike on one incident (统一口径). */
export function WordingSheet({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const params = { path: { id: incident.id } };
  const query = useQuery({
    queryKey: ['incident', incident.id, 'wording'],
    queryFn: () => dataOf(api.GET('/api/v1/incidents/{id}/wording', { params })),
  });
  const sheet = query.data;
  const save = useCommand(({ entries }: Entries) =>
    dataOf(
      api.PUT('/api/v1/incidents/{id}/wording', {
        params: { ...params, header: ifMatch(sheet?.version ?? 0) },
        body: { entries: entries ?? [] },
      }),
    ),
  );
  return (
    <Section
      title={t('wordingSheet.title')}
      action={
        sheet !== undefined &&
        may('statement.draft') && (
          <FormDialog<Entries>
            key={sheet.version}
            label={t('wordingSheet.title')}
            initial={{ entries: sheet.entries }}
            onSubmit={(values) => save.mutateAsync(values)}
          >
            <Form.List name="entries">
              {(fields, { add, remove }) => (
                <Flex vertical gap={8}>
                  {fields.map(({ key, name }) => (
                    <Flex key={key} gap={8}>
                      <Form.Item name={[name, 'topic']} noStyle rules={[{ required: true, message: t('required') }]}>
                        <Input
                          style={{ width: 110 }}
                          maxLength={60}
                          placeholder={t('wordingSheet.topic')}
                          aria-label={t('wordingSheet.topic')}
                        />
                      </Form.Item>
                      <Form.Item name={[name, 'wording']} noStyle rules={[{ required: true, message: t('required') }]}>
                        <Input
                          style={{ flex: 1 }}
                          maxLength={500}
                          placeholder={t('wordingSheet.text')}
                          aria-label={t('wordingSheet.text')}
                        />
                      </Form.Item>
                      <Button aria-label={t('saved.remove')} onClick={() => remove(name)}>
                        ×
                      </Button>
                    </Flex>
                  ))}
                  <Button onClick={() => add({ topic: '', wording: '' })}>{t('wordingSheet.add')}</Button>
                </Flex>
              )}
            </Form.List>
          </FormDialog>
        )
      }
    >
      {(sheet?.entries ?? []).length === 0 && (
        <Typography.Text type="secondary">{t('wordingSheet.empty')}</Typography.Text>
      )}
      <ul className="rows">
        {(sheet?.entries ?? []).map(({ topic, wording }) => (
          <li key={topic}>
            <FieldName>{topic}</FieldName>
            {wording}
          </li>
        ))}
      </ul>
      {sheet?.updatedAt != null && (
        <Typography.Text type="secondary">
          {t('wordingSheet.by', { name: sheet.updatedByName, time: fullTime(sheet.updatedAt) })}
        </Typography.Text>
      )}
    </Section>
  );
}
