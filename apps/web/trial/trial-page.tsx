import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Input, Select, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useProblemText } from '../shell/use-command';
import { TrialResult } from './trial-result';

interface Draft {
  title: string;
  body: string;
  kind: 'post' | 'article' | 'call' | 'message';
  area?: string;
  region?: string;
}
const KINDS = ['post', 'article', 'call', 'message'] as const;
const CHANNEL = { post: 'weibo', article: 'media', call: 'hotline', message: 'hotline' } as const;

/** A text, and what triage and routing would make of it. Nothing is stored. */
export function TrialPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const trial = useMutation({
    mutationFn: async (draft: Draft): Promise<{ draft: Draft; result: Schemas['TextTrial'] }> => {
      const { title = '', body, kind, area, region } = draft;
      const place = { area: area?.trim() || null, region: region?.trim() || null };
      const rank = kind === 'article' ? 'local' : 'individual';
      const sent = { title, body, kind, channel: CHANNEL[kind], rank, ...place };
      return { draft: { ...draft, title }, result: await dataOf(api.POST('/api/v1/rules/trials', { body: sent })) };
    },
  });
  return (
    <div className="page">
      <Typography.Title level={1} style={{ fontSize: '1.3em', marginTop: 0 }}>
        {t('triage.trial.title')}
      </Typography.Title>
      <Typography.Paragraph type="secondary">{t('triage.trial.explain')}</Typography.Paragraph>
      <Flex gap={24} wrap align="flex-start">
        <Form<Draft>
          layout="vertical"
          requiredMark={false}
          style={{ flex: '1 1 320px', minWidth: 0 }}
          initialValues={{ kind: 'post' }}
          onFinish={(draft) => trial.mutate(draft)}
        >
          <Form.Item name="title" label={t('triage.trial.heading')}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item
            name="body"
            label={t('triage.trial.body')}
            rules={[{ required: true, whitespace: true, message: t('required') }]}
          >
            <Input.TextArea rows={8} maxLength={20_000} />
          </Form.Item>
          <Flex gap="0 12px" wrap>
            <Form.Item name="kind" label={t('triage.trial.kind')} style={{ flex: '1 1 110px' }}>
              <Select options={KINDS.map((value) => ({ value, label: t(`triage.trial.kinds.${value}`) }))} />
            </Form.Item>
            <Form.Item name="area" label={t('triage.trial.area')} style={{ flex: '1 1 130px' }}>
              <Input maxLength={100} />
            </Form.Item>
            <Form.Item name="region" label={t('triage.trial.region')} style={{ flex: '1 1 130px' }}>
              <Input maxLength={100} />
            </Form.Item>
          </Flex>
          <Button type="primary" htmlType="submit" loading={trial.isPending}>
            {t('triage.trial.run')}
          </Button>
        </Form>
        <div style={{ flex: '2 1 420px', minWidth: 0 }} aria-live="polite">
          {trial.isError && <Alert type="error" showIcon title={problemText(trial.error)} />}
          {trial.data !== undefined && (
            <TrialResult title={trial.data.draft.title} body={trial.data.draft.body} result={trial.data.result} />
          )}
        </div>
      </Flex>
    </div>
  );
}
