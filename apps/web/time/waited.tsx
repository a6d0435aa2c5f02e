import { useTranslation } from 'react-i18next';
import { wordsOf } from '../i18n/words';
import { useAppearance } from '../theme/appearance';
import { span, type SpanUnits } from './format';
import { useServerClock } from './server-clock';

/** A proposal that nobody looked at for this long is shown as late; the inbox itself has no statutory limit. */
const LONG_MS = 15 * 60_000;

/** How long something has been waiting for a person, by the server's clock. */
export function Waited({ since }: { since: string }) {
  const { t, i18n } = useTranslation();
  const { now } = useServerClock();
  const { states } = useAppearance();
  const waited = Math.max(0, now - Date.parse(since));
  const units = wordsOf(i18n, 'countdown') as unknown as SpanUnits;
  return (
    <span className="digits" style={{ color: waited > LONG_MS ? states.orange : states.grey }}>
      {t('decide.waited', { span: span(Math.max(waited, 1_000), units, waited >= 60_000 ? 1 : 2) })}
    </span>
  );
}
