import { FontSizeOutlined, GlobalOutlined, LogoutOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useSession } from '../api/session';
import { switchLanguage } from '../i18n/i18n';
import { useAppearance } from '../theme/appearance';
import { clockTime } from '../time/format';
import { useServerClock } from '../time/server-clock';
import { Practice } from './practice';
import { useIsPhone } from './use-is-phone';

/** Time, name, language, appearance, text size, sign-out. */
export function Tools() {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const { mode, setMode, large, setLarge } = useAppearance();
  const phone = useIsPhone();
  const signOut = async () => {
    await api.DELETE('/api/v1/session');
    queries.clear();
    queries.setQueryData(['session'], null);
  };
  return (
    <div className="tools">
      {!phone && <Time />}
      {!phone && (
        <span className="tools-name" title={session.displayName}>
          {session.displayName}
        </span>
      )}
      <Practice />
      <Button
        type="text"
        icon={<GlobalOutlined />}
        aria-label={t('nav.language')}
        title={t('nav.language')}
        onClick={() => void switchLanguage(i18n.language === 'en' ? 'zh-CN' : 'en')}
      />
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
      <Button
        type="text"
        icon={<LogoutOutlined />}
        aria-label={t('nav.signOut')}
        title={t('nav.signOut')}
        onClick={() => void signOut()}
      />
    </div>
  );
}

/** The one tool that each tick draws again. */
function Time() {
  const { now } = useServerClock();
  return (
    <span className="muted digits" style={{ marginInlineEnd: 8 }}>
      {clockTime(now)}
    </span>
  );
}
