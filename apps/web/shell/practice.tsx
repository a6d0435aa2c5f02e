import { BulbOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { lazily } from './lazily';

const PracticeSteps = lazily(async () => (await import('./practice-steps')).PracticeSteps);

/** In the demonstration, what to try: the way of a case in six steps, ticked off by whoever tries. */
export function Practice() {
  const { t } = useTranslation();
  const about = useQuery({ queryKey: ['about'], queryFn: () => dataOf(api.GET('/api/v1/about')) });
  const [open, setOpen] = useState<boolean | null>(null);
  if (about.data?.demonstration !== true) return null;
  return (
    <>
      <Button
        type="text"
        icon={<BulbOutlined />}
        aria-label={t('practice.title')}
        title={t('practice.title')}
        onClick={() => setOpen(true)}
      />
      {open !== null && <PracticeSteps open={open} onClose={() => setOpen(false)} />}
    </>
  );
}
