import {
  ApartmentOutlined,
  BellOutlined,
  BookOutlined,
  HeartOutlined,
  KeyOutlined,
  SafetyCertificateOutlined,
  ScheduleOutlined,
  TeamOutlined,
  WifiOutlined,
} from '@ant-design/icons';
import type { Page } from './page';

/** Set-up and proof: sources, directory, policy packs, accounts, channels, ledger, health. */
export const ADMINISTRATION: Page[] = [
  {
    path: 'sources',
    load: async () => (await import('../sources/sources-page')).SourcesPage,
    menu: { label: 'nav.sources', icon: <WifiOutlined />, open: (may) => may('source.read') },
  },
  { path: 'sources/imports', load: async () => (await import('../sources/imports-page')).ImportsPage },
  { path: 'sources/standards', load: async () => (await import('../sources/standards-page')).StandardsPage },
  { path: 'sources/:id', load: async () => (await import('../sources/source-page')).SourcePage },
  {
    path: 'directory',
    load: async () => (await import('../directory/directory-page')).DirectoryPage,
    menu: { label: 'nav2.directory', icon: <ApartmentOutlined />, open: (may) => may('directory.manage') },
  },
  {
    path: 'packs',
    load: async () => (await import('../packs/packs-page')).PacksPage,
    menu: { label: 'packs.nav', icon: <ScheduleOutlined />, open: (may) => may('account.manage') },
  },
  {
    path: 'channels',
    load: async () => (await import('../channels/channels-page')).ChannelsPage,
    menu: {
      label: 'channelsPage.title',
      icon: <SafetyCertificateOutlined />,
      open: (may) => may('channel.register') || may('channel.confirm'),
    },
  },
  {
    path: 'accounts',
    load: async () => (await import('../accounts/accounts-page')).AccountsPage,
    menu: { label: 'nav.accounts', icon: <TeamOutlined />, open: (may) => may('account.manage') },
  },
  {
    path: 'tokens',
    load: async () => (await import('../tokens/tokens-page')).TokensPage,
    menu: { label: 'adminNav.tokens', icon: <KeyOutlined />, open: (may) => may('token.manage') },
  },
  {
    path: 'notification-channels',
    load: async () => (await import('../notice-channels/notice-channels-page')).NoticeChannelsPage,
    menu: { label: 'noticeChannels.title', icon: <BellOutlined />, open: (may) => may('noticeChannel.manage') },
  },
  {
    path: 'operations',
    load: async () => (await import('../operations/operations-page')).OperationsPage,
    menu: { label: 'adminNav.operations', icon: <HeartOutlined />, open: (may) => may('deadLetter.manage') },
  },
  {
    path: 'ledger',
    load: async () => (await import('../ledger/ledger-page')).LedgerPage,
    menu: { label: 'nav.ledger', icon: <BookOutlined />, open: (may) => may('ledger.read') },
  },
];
