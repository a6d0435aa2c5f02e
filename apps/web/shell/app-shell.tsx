import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { useMay } from '../api/session';
import { menuOf } from '../pages/all';
import { CommandPalette } from './command-palette';
import { lazily } from './lazily';
import { MainMenu } from './main-menu';
import { Notices } from './notices';
import { Tools } from './tools';
import { useCollapsed } from './use-collapsed';
import { Waiting } from './waiting';
import { useIsPhone } from './use-is-phone';

const PhoneMenu = lazily(async () => (await import('./phone-menu')).PhoneMenu);

/** Frame of every page: where one is, who one is, and whether the timing can be trusted. */
export function AppShell() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const may = useMay();
  const [open, setOpen] = useState<boolean | null>(null);
  const [narrow, setNarrow] = useCollapsed();
  // Whoever has one page needs no menu.
  const choice = menuOf(may).flatMap(({ pages }) => pages).length > 1;
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <header className="no-print shell-head">
        {phone && choice && (
          <Button
            type="text"
            className="thumb"
            icon={<MenuOutlined />}
            aria-label={t('nav.menu')}
            onClick={() => setOpen(true)}
          />
        )}
        <Link to="/" className="shell-name">
          {t('product')}
        </Link>
        <span style={{ flex: 1 }} />
        <Tools />
      </header>
      {open !== null && <PhoneMenu open={open} onClose={() => setOpen(false)} />}
      <CommandPalette />
      <Notices />
      <div style={{ display: 'flex', flex: 1, alignItems: 'stretch' }}>
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
        <main id="content" tabIndex={-1} style={{ flex: 1, outline: 'none', minWidth: 0 }}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </div>
  );
}
