import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import './reports.css';

/** Where each report is; the first are made every day. */
const REPORTS = ['daily', 'weekly', 'monthly', 'nextHour', 'overdue', 'bulletin', 'bulletins', 'indicators', 'charts', 'ledger', 'public', 'knownEvents', 'thirdParty'] as const; // prettier-ignore

/** Every report, with what it holds. */
export function ReportsPage() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <Typography.Title level={4} style={{ marginTop: 0 }}>
        {t('reports.title')}
      </Typography.Title>
      <nav className="report-cards" aria-label={t('reports.title')}>
        {REPORTS.map((report) => (
          <Link key={report} to={report === 'charts' ? '/charts' : `/reports/${report}`}>
            <strong>{t(`reports.items.${report}`)}</strong>
            <div className="muted">{t(`reports.about.${report}`)}</div>
          </Link>
        ))}
      </nav>
    </div>
  );
}
