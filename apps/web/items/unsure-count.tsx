import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';

/** How many items wait for a person's word; nothing while there are none. */
export function UnsureCount() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['live', 'item-lanes'],
    queryFn: () => dataOf(api.GET('/api/v1/item-lanes')),
  });
  if (data === undefined || data.unsure === 0) return null;
  const number = data.unsure < data.counted ? String(data.unsure) : `${data.counted - 1}+`;
  return (
    <span className="menu-count" title={t('items.waiting', { number })}>
      {number}
    </span>
  );
}
