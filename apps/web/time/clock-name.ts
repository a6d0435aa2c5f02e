import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useLabel } from '../labels/labels';

/** The name of a clock: as its pack words it in Chinese; act and force in another language. */
export function useClockName(): (clock: Pick<Schemas['Clock'], 'label' | 'act' | 'force'>) => string {
  const { i18n } = useTranslation();
  const label = useLabel();
  return (clock) =>
    i18n.language === 'zh-CN' ? clock.label : `${label('act', clock.act)} (${label('force', clock.force)})`;
}
