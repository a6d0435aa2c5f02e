import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Button, Drawer, Flex, Layout, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { useMay } from '../api/session';
import { menuOf } from '../pages/all';
import { CommandPalette } from './command-palette';
import { MainMenu } from './main-menu';
import { Notices } from './notices';
import { Tools } from './tools';
import { useCollapsed } from './use-collapsed';
import { useIsPhone } from './use-is-phone';

/** Frame of every page: where one is, who one is, and whether the timing can be trusted. */
export function AppShell() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const [narrow, setNarrow] = useCollapsed();
  // Whoever has one page needs no menu.
  const choice = menuOf(may).flatMap(({ pages }) => pages).length > 1;
  return (
    <Layout style={{ minHeight: '100%' }}>
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <Layout.Header className="no-print shell-head">
        {phone && choice && (
          <Button
            type="text"
            className="thumb"
            icon={<MenuOutlined />}
            aria-label={t('nav.menu')}
            onClick={() => setOpen(true)}
          />
        )}
        <Link to="/" style={{ color: 'inherit', whiteSpace: 'nowrap' }}>
          <Typography.Text strong style={{ fontSize: 18 }}>
            {t('product')}
          </Typography.Text>
        </Link>
        <span style={{ flex: 1 }} />
        <Tools />
      </Layout.Header>
      <Drawer open={open} onClose={() => setOpen(false)} placement="left" size={260} title={t('product')}>
        <MainMenu onChosen={() => setOpen(false)} />
      </Drawer>
      <CommandPalette />
      <Notices />
      <Flex flex={1} align="stretch">
        {!phone && choice && (
          <div className="no-print shell-menu" data-narrow={narrow}>
            <div>
              <MainMenu narrow={narrow} />
              <Button
                type="text"
                block
                icon={narrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
                aria-label={t(narrow ? 'menu.wide' : 'menu.narrow')}
                onClick={() => setNarrow(!narrow)}
              />
            </div>
          </div>
        )}
        <Layout.Content id="content" tabIndex={-1} style={{ outline: 'none', minWidth: 0 }}>
          <Outlet />
        </Layout.Content>
      </Flex>
    </Layout>
  );
}
