import { Menu } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useMay } from '../api/session';
import { menuOf } from '../pages/all';

interface MainMenuProps {
  narrow?: boolean;
  onChosen?: () => void;
}

/** The pages of a person, grouped by duty. A single group needs no heading. */
export function MainMenu({ narrow = false, onChosen }: MainMenuProps) {
  const { t } = useTranslation();
  const groups = menuOf(useMay());
  const { pathname } = useLocation();
  const entries = groups.map(({ group, pages }) => ({
    key: group,
    type: 'group' as const,
    label: t(`menu.${group}`),
    children: pages.map(({ path, menu }) => ({
      key: path,
      icon: menu.icon,
      title: t(menu.label),
      label: <Link to={`/${path}`}>{t(menu.label)}</Link>,
    })),
  }));
  const paths = groups.flatMap(({ pages }) => pages.map(({ path }) => path));
  // The longest that fits, so that a page below another does not light both.
  const here = paths
    .filter((path) => pathname === `/${path}` || pathname.startsWith(`/${path}/`))
    .sort((a, b) => b.length - a.length)
    .slice(0, 1);
  return (
    <nav aria-label={t('menu.title')}>
      <Menu
        mode="inline"
        inlineCollapsed={narrow}
        items={narrow || entries.length === 1 ? entries.flatMap(({ children }) => children) : entries}
        selectedKeys={here}
        onClick={() => onChosen?.()}
        style={{ borderInlineEnd: 0 }}
      />
    </nav>
  );
}
