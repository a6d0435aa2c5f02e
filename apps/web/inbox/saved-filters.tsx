import { DownOutlined, StarOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onDemand } from '../shell/lazily';
import { SORTS } from './query/values';
import type { InboxFilter } from './use-inbox';

const SavedMenu = onDemand(async () => (await import('./saved-menu')).SavedMenu);

interface SavedFiltersProps {
  filter: InboxFilter;
  change: (next: Record<string, string | null>) => void;
}

/** The order of the list, and filters under a name. */
export function SavedFilters({ filter, change }: SavedFiltersProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const star = (
    <Button
      icon={<StarOutlined />}
      aria-label={t('saved.title')}
      title={t('saved.title')}
      onClick={() => setAsked(true)}
    />
  );
  return (
    <>
      <span className="plain-select">
        <select
          value={filter.sort}
          onChange={(event) => change({ sort: event.target.value })}
          aria-label={t('saved.sort')}
        >
          {SORTS.map((value) => (
            <option key={value} value={value}>
              {t(`saved.sorts.${value}`)}
            </option>
          ))}
        </select>
        <DownOutlined aria-hidden />
      </span>
      {asked ? (
        <Suspense fallback={star}>
          <SavedMenu />
        </Suspense>
      ) : (
        star
      )}
    </>
  );
}
