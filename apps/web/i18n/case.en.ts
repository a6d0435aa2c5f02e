import type { caseZh } from './case.zh-CN.js';
import type { Texts } from './texts.js';

export const caseEn: Texts<typeof caseZh> = {
  account: {
    grant: 'Grant a duty',
    where: 'A duty is held in a body or in a place: choose one of the two',
    end: 'End',
    endAsk: 'End this duty now? It stays on record',
    reset: 'Reset password',
    password: 'New password',
    resetHint: 'Every session of the account ends at once',
  },
  case: {
    originalGone: 'original taken away',
    goneSince: 'seen at',
    compare: 'Side by side',
    compareNone: 'One by one',
    compareWith: 'Compare with',
    shared: 'What both messages say is marked: {{percent}} %',
    record: {
      filter: 'Show',
      all: 'everything',
      handling: 'Triage and handling',
      orders: 'Assignments',
      clocks: 'Limits and supervision',
      publication: 'Response and publication',
      items: 'Messages and originals',
      other: 'Other',
      none: 'Nothing of this kind is on record',
    },
  },
};
