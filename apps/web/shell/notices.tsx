import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { wordsOf } from '../i18n/words';
import { useAppearance } from '../theme/appearance';
import { useServerClock } from '../time/server-clock';
import { Note } from './note';
import { useIsPhone } from './use-is-phone';

/** What everybody must know before trusting the page: drill, connection, and whether the deadlines are being watched. */
export function Notices() {
  const { t, i18n } = useTranslation();
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
  const checkWords = wordsOf(i18n, 'installation.checks');
  const right = status.data?.ok ?? true;
  return (
    <div role="status" className="no-print">
      {about.data?.demonstration === true && (
        <div className="notice" title={t('drillBanner')} style={{ background: drill.ground, color: drill.text }}>
          {t(phone ? 'drillShort' : 'drillBanner')}
        </div>
      )}
      {!online && <Note banner tone="warning" title={t('offline')} />}
      {online && !watched && <Note banner tone="error" title={t('unwatched')} />}
      {online && watched && !right && (
        <Note banner tone="error" title={t('broken')}>
          {status.data?.checks
            .filter((check) => !check.ok)
            .map((check) => `${checkWords[check.check] ?? check.check}: ${check.found}`)
            .join(' · ')}
        </Note>
      )}
    </div>
  );
}
