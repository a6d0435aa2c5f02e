import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useMay } from '../api/session';
import { menuOf } from '../pages/all';

interface MainMenuProps {
  narrow?: boolean;
  onChosen?: () => void;
}

/** The pages of a person, grouped by duty. A single group needs no heading, and a narrow menu has no room for one. */
export function MainMenu({ narrow = false, onChosen }: MainMenuProps) {
  const { t } = useTranslation();
  const groups = menuOf(useMay());
  const { pathname } = useLocation();
  const paths = groups.flatMap(({ pages }) => pages.map(({ path }) => path));
  // The longest that fits, so that a page below another does not light both.
  const [here] = paths
    .filter((path) => pathname === `/${path}` || pathname.startsWith(`/${path}/`))
    .sort((a, b) => b.length - a.length);
  return (
    <nav aria-label={t('menu.title')} className="menu">
      {groups.map(({ group, pages }) => (
        <div key={group} role="group" aria-label={t(`menu.${group}`)}>
          {!narrow && groups.length > 1 && <div className="menu-group">{t(`menu.${group}`)}</div>}
          {pages.map(({ path, menu }) => (
            <Link
              key={path}
              to={`/${path}`}
              className="menu-page"
              aria-current={path === here ? 'page' : undefined}
              aria-label={narrow ? t(menu.label) : undefined}
              title={t(menu.label)}
              onClick={onChosen}
            >
              {/* Otherwise the name of the picture would be read before that of the page. */}
              <span aria-hidden="true">{menu.icon}</span>
              {!narrow && <span>{t(menu.label)}</span>}
              {menu.count !== undefined && <menu.count />}
            </Link>
          ))}
        </div>
      ))}
    </nav>
  );
}
