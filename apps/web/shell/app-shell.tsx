import {
  AuditOutlined,
  BarChartOutlined,
  BookOutlined,
  FileTextOutlined,
  GlobalOutlined,
  InboxOutlined,
  LogoutOutlined,
  MenuOutlined,
  MoonOutlined,
  FontSizeOutlined,
  ProfileOutlined,
  SunOutlined,
  TeamOutlined,
  UnorderedListOutlined,
  WifiOutlined,
} from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Flex, Layout, Menu, Tooltip, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { api, dataOf } from '../api/client';
import { useMay, useSession } from '../api/session';
import { switchLanguage } from '../i18n/i18n';
import { useAppearance } from '../theme/appearance';
import { clockTime } from '../time/format';
import { useServerClock } from '../time/server-clock';
import { useIsPhone } from './use-is-phone';

type May = (permission: string) => boolean;

/** What each person may open; the first is where they begin. A page whose calls would be refused is not offered. */
export const PAGES = [
  { path: '/inbox', label: 'nav.inbox', icon: <InboxOutlined />, open: (may: May) => may('incident.decide') },
  {
    path: '/orders',
    label: 'nav.orders',
    icon: <ProfileOutlined />,
    open: (may: May) => may('assignment.acknowledge') || may('statement.review'),
  },
  {
    path: '/wall',
    label: 'nav.wall',
    icon: <AuditOutlined />,
    open: (may: May) => may('escalation.read') && (may('bigScreen.read') || may('ledger.read')),
  },
  {
    path: '/incidents',
    label: 'nav.incidents',
    icon: <UnorderedListOutlined />,
    open: (may: May) =>
      may('incident.read') && !may('incident.decide') && (may('bigScreen.read') || may('ledger.read')),
  },
  { path: '/sources', label: 'nav.sources', icon: <WifiOutlined />, open: (may: May) => may('source.read') },
  { path: '/accounts', label: 'nav.accounts', icon: <TeamOutlined />, open: (may: May) => may('account.manage') },
  { path: '/ledger', label: 'nav.ledger', icon: <BookOutlined />, open: (may: May) => may('ledger.read') },
  { path: '/reports', label: 'nav.reports', icon: <FileTextOutlined />, open: (may: May) => may('report.read') },
  {
    path: '/charts',
    label: 'nav.charts',
    icon: <BarChartOutlined />,
    open: (may: May) => may('report.read') && may('bigScreen.read'),
  },
] as const;

/** Frame of every page: where one is, who one is, and whether the timing can be trusted. */
export function AppShell() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const may = useMay();
  const location = useLocation();
  const [open, setOpen] = useState(false);
  const pages = PAGES.filter((page) => page.open(may));
  const items = pages.map((page) => ({
    key: page.path,
    icon: page.icon,
    label: <Link to={page.path}>{t(page.label)}</Link>,
  }));
  const selected = pages.filter((page) => location.pathname.startsWith(page.path)).map((page) => page.path);
  const menu = (
    <Menu
      mode={phone ? 'inline' : 'horizontal'}
      items={items}
      selectedKeys={selected}
      onClick={() => setOpen(false)}
      style={{ flex: 1, minWidth: 0, borderBottom: 0 }}
    />
  );
  return (
    <Layout style={{ minHeight: '100%' }}>
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <Layout.Header
        className="no-print"
        style={{
          display: 'flex',
          alignItems: 'center',
          gap: 12,
          background: 'var(--ant-color-bg-container)',
          borderBottom: '1px solid var(--ant-color-border-secondary)',
          height: 52,
          lineHeight: '50px',
        }}
      >
        {phone && (
          <Button
            type="text"
            icon={<MenuOutlined />}
            aria-label={t('nav.menu')}
            onClick={() => setOpen(true)}
            style={{ minWidth: 44, minHeight: 44 }}
          />
        )}
        <Link to="/" style={{ color: 'inherit', whiteSpace: 'nowrap' }}>
          <Typography.Text strong style={{ fontSize: 18 }}>
            {t('product')}
          </Typography.Text>
        </Link>
        {phone ? <span style={{ flex: 1 }} /> : menu}
        <Tools />
      </Layout.Header>
      <Drawer open={open} onClose={() => setOpen(false)} placement="left" size={260} title={t('product')}>
        {menu}
      </Drawer>
      <Notices />
      <Layout.Content id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <Outlet />
      </Layout.Content>
    </Layout>
  );
}

function Tools() {
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

/** What everybody must know before trusting the page: drill, connection, and whether the deadlines are being watched. */
function Notices() {
  const { t } = useTranslation();
  const { online } = useServerClock();
  const { drill } = useAppearance();
  const phone = useIsPhone();
  const about = useQuery({ queryKey: ['about'], queryFn: () => dataOf(api.GET('/api/v1/about')) });
  const status = useQuery({
    queryKey: ['live', 'status'],
    queryFn: () => dataOf(api.GET('/api/v1/status')),
    refetchInterval: 15_000,
  });
  const watched = status.data?.watched ?? true;
  const right = status.data?.ok ?? true;
  return (
    <div role="status" className="no-print">
      {about.data?.demonstration === true && (
        <div className="notice" title={t('drillBanner')} style={{ background: drill.ground, color: drill.text }}>
          {t(phone ? 'drillShort' : 'drillBanner')}
        </div>
      )}
      {!online && <Alert banner type="warning" title={t('offline')} />}
      {online && !watched && <Alert banner type="error" title={t('unwatched')} />}
      {online && watched && !right && (
        <Alert
          banner
          type="error"
          title={t('broken')}
          description={status.data?.checks
            .filter((check) => !check.ok)
            .map((check) => `${check.check}: ${check.found}`)
            .join(' · ')}
        />
      )}
    </div>
  );
}
