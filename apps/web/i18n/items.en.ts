import type { itemsEventsZh, itemsProblemsZh, itemsZh } from './items.zh-CN.js';
import type { Texts } from './texts.js';

export const itemsEn: Texts<typeof itemsZh> = {
  items: {
    nav: 'Items',
    title: 'Items to judge',
    lane: { unsure: 'Unsure', aside: 'Put aside', judged: 'Judged by a person', all: 'All' },
    explain: {
      unsure:
        'What the rules were unsure of and may be ours. One click is a judgement: take it up, make it a service request, or nothing to answer.',
      aside:
        'Not ours, of no category, service requests, official voice. What was missed can be taken up here; the model learns from it.',
      judged: 'A person has spoken on these; the latest word counts.',
      all: 'Everything that came in, newest first.',
    },
    none: {
      unsure: 'Nothing waits. What the rules are unsure of comes here.',
      aside: 'Nothing was put aside',
      judged: 'Nobody has judged an item yet',
      all: 'Nothing has come in yet. Add a source first.',
      found: 'Nothing matches; try another word',
    },
    waiting: '{{number}} wait for a word',
    keys: {
      next: 'Next',
      previous: 'Previous',
      open: 'Open or close the grounds',
      takeUp: 'Take up, then choose the category (↑ ↓ Enter)',
      request: 'Service request',
      nothing: 'Nothing to answer',
      search: 'Search',
      help: 'This sheet',
    },
    search: 'Search title and text',
    more: 'More',
    why: 'Why',
    less: 'Less',
    scores: 'Nearest categories',
    waits: 'Waits to be read',
    toIncident: 'Open its incident',
    judgedAs: 'Judged as',
    takeUp: 'Take up as…',
    asRequest: 'Service request',
    nothing: 'Nothing to answer',
    kept: 'Kept; the next training learns from it',
    enter: 'Enter by hand',
    entered: 'Entered; it waits to be read',
    save: 'Enter',
    heading: 'Title',
    text: 'Text',
    url: 'Address',
    badUrl: 'Give a whole address, such as https://example.com/a',
    region: 'Region',
  },
};

export const itemsProblemsEn: Texts<typeof itemsProblemsZh> = {
  ITEM_NOT_TRIAGED: 'This item still waits to be read; judge it in a moment',
  ITEM_IN_INCIDENT: 'This item belongs to an incident already; correct that one',
};

export const itemsEventsEn: Texts<typeof itemsEventsZh> = { 'item.judged': 'Item judged by a person' };
