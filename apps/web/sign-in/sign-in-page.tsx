import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, ApiProblem, dataOf } from '../api/client';
import { switchLanguage } from '../i18n/i18n';

interface Credentials {
  username: string;
  password: string;
}

/** The sign-in page. Unknown user and wrong password read alike. */
export function SignInPage() {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const about = useQuery({ queryKey: ['about'], queryFn: () => dataOf(api.GET('/api/v1/about')) });
  const signIn = useMutation({
    mutationFn: (body: Credentials) => dataOf(api.POST('/api/v1/session', { body })),
    onSuccess: () => queries.invalidateQueries(),
  });
  const problem =
    signIn.error instanceof ApiProblem
      ? signIn.error.status === 429
        ? t('signIn.throttled')
        : signIn.error.status === 401
          ? t('signIn.failed')
          : signIn.error.message
      : signIn.error !== null
        ? t('error.network')
        : null;
  return (
    <main style={{ minHeight: '100%', display: 'grid', placeItems: 'center', padding: 16 }}>
      <Card style={{ width: 'min(400px, 100%)' }}>
        <Typography.Title level={2} style={{ marginTop: 0, marginBottom: 4 }}>
          {t('product')} <span style={{ fontWeight: 400, fontSize: '0.6em' }}>Huiying</span>
        </Typography.Title>
        <Typography.Paragraph type="secondary">
          {about.data?.cityName} {t('tagline')}
        </Typography.Paragraph>
        {problem !== null && <Alert type="error" showIcon title={problem} style={{ marginBottom: 16 }} role="alert" />}
        <Form layout="vertical" requiredMark={false} onFinish={(values: Credentials) => signIn.mutate(values)}>
          <Form.Item name="username" label={t('signIn.username')} rules={[{ required: true, message: t('required') }]}>
            <Input size="large" autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('required') }]}>
            <Input.Password size="large" autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
        </Form>
        {about.data?.demonstration === true && (
          <Typography.Paragraph type="secondary" style={{ marginTop: 16, marginBottom: 0 }}>
            {t('signIn.demo')}
          </Typography.Paragraph>
        )}
        <Button
          type="link"
          style={{ paddingInline: 0, marginTop: 8 }}
          onClick={() => void switchLanguage(i18n.language === 'en' ? 'zh-CN' : 'en')}
        >
          {t('nav.language')}
        </Button>
      </Card>
    </main>
  );
}
