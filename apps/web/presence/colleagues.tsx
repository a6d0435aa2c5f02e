import { EditOutlined, EyeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Flex, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';

/** The colleagues who have the incident open now, each with what they do. Nobody: nothing is shown. */
export function Colleagues({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['presence', incidentId],
    queryFn: () => dataOf(api.GET('/api/v1/incidents/{id}/presence', { params: { path: { id: incidentId } } })),
    staleTime: 0,
  });
  const here = data?.items ?? [];
  return (
    <Flex wrap gap={4} aria-live="polite" className="no-print" style={here.length === 0 ? {} : { marginTop: 8 }}>
      {here.map(({ userId, name, doing }) => (
        <Tag
          key={userId}
          color={doing === 'drafting' ? 'processing' : undefined}
          icon={doing === 'drafting' ? <EditOutlined /> : <EyeOutlined />}
        >
          {t(`presence.${doing}`, { name })}
        </Tag>
      ))}
    </Flex>
  );
}
