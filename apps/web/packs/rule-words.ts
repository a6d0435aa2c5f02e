import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';

type Rule = Schemas['PackRule'];

/** A rule of a pack in words; a word that has none is shown as it stands in the pack. */
export function useRuleWords() {
  const { t } = useTranslation();
  const word = (group: string, key: string): string => t(`${group}.${key}`, { defaultValue: key });
  /** A class of cases and their heat; empty where it doesn't matter. */
  const group = (name: string, heat: string): string =>
    [name === '' ? '' : word('packs.classes', name), heat === '' ? '' : t('packs.heat', { levels: heat })]
      .filter((part) => part !== '')
      .join(' · ');
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
    applies: ({ appliesWhen }: Rule): string => group(appliesWhen.class ?? '', (appliesWhen.heat ?? []).join('、')),
    group,
  };
}
