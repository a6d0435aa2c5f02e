import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';

type Rule = Schemas['PackRule'];

/** A rule of a pack in words; a word that has none is shown as it stands in the pack. */
export function useRuleWords() {
  const { t } = useTranslation();
  const word = (group: string, key: string): string => t(`${group}.${key}`, { defaultValue: key });
  return {
    limit: (rule: Rule): string => {
      if (rule.form === 'fixedDate') return rule.fixedDates.join('、');
      const amount = `${rule.amount} ${word('unit', rule.unit)}`;
      if (rule.form === 'minimum') return t('packs.minimum', { amount });
      return rule.form === 'recurring' ? t('packs.recurring', { amount }) : amount;
    },
    start: (rule: Rule): string =>
      rule.start
        .map((name) => (word('packs.starts', name) === name ? word('stamp', name) : word('packs.starts', name)))
        .join(' → '),
    stop: (rule: Rule): string => rule.stopEvidence.map((kind) => word('packs.evidence', kind)).join('、'),
    owner: (rule: Rule): string => word('packs.owners', rule.owner),
    applies: (rule: Rule): string =>
      [
        rule.appliesWhen.class === undefined ? '' : word('packs.classes', rule.appliesWhen.class),
        rule.appliesWhen.heat === undefined ? '' : t('packs.heat', { levels: rule.appliesWhen.heat.join('、') }),
      ]
        .filter((part) => part !== '')
        .join(' · '),
  };
}
