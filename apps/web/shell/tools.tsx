import { FontSizeOutlined, GlobalOutlined, LogoutOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Tooltip, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useSession } from '../api/session';
import { switchLanguage } from '../i18n/i18n';
import { useAppearance } from '../theme/appearance';
import { clockTime } from '../time/format';
import { useServerClock } from '../time/server-clock';
import { useIsPhone } from './use-is-phone';

/** Time, name, language, appearance, text size, sign-out. */
export function Tools() {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const { mode, setMode, large, setLarge } = useAppearance();
  const phone = useIsPhone();
  const { now } = useServerClock();
  const signOut = async () => {
    await api.DELETE('/api/v1/session');
    queries.clear();
    queries.setQueryData(['session'], null);
  };
  return (
    <Flex align="center" gap={2} className="tools">
      {!phone && (
        <Typography.Text type="secondary" className="digits" style={{ marginInlineEnd: 8 }}>
          {clockTime(now)}
        </Typography.Text>
      )}
      {!phone && (
        <Typography.Text style={{ maxWidth: 180 }} ellipsis={{ tooltip: true }}>
          {session.displayName}
        </Typography.Text>
      )}
      <Tooltip title={t('nav.language')}>
        <Button
          type="text"
          icon={<GlobalOutlined />}
          aria-label={t('nav.language')}
          onClick={() => void switchLanguage(i18n.language === 'en' ? 'zh-CN' : 'en')}
        />
      </Tooltip>
      <Button
        type="text"
        icon={mode === 'dark' ? <SunOutlined /> : <MoonOutlined />}
        aria-label={t('nav.appearance')}
        onClick={() => setMode(mode === 'dark' ? 'light' : 'dark')}
      />
      <Button
        type="text"
        icon={<FontSizeOutlined />}
        aria-label={t('nav.largeText')}
        aria-pressed={large}
        onClick={() => setLarge(!large)}
      />
      <Tooltip title={t('nav.signOut')}>
        <Button type="text" icon={<LogoutOutlined />} aria-label={t('nav.signOut')} onClick={() => void signOut()} />
      </Tooltip>
    </Flex>
  );
}
