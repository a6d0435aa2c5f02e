import type { shellZh } from './shell.zh-CN.js';
import type { Texts } from './texts.js';

export const shellEn: Texts<typeof shellZh> = {
  menu: {
    title: 'Main menu',
    work: 'Work',
    supervise: 'Supervision',
    reports: 'Reports',
    administration: 'Administration',
    narrow: 'Narrow the menu',
    wide: 'Widen the menu',
  },
  practice: {
    title: 'First steps',
    explain:
      'Everything in the demonstration is invented; try what you like. A case takes six steps, each by another duty.',
    go: 'Try it',
    steps: {
      source: 'Look at a source, or add one',
      triage: 'Assess an incident',
      assign: 'Assign it to the body that answers',
      sign: 'Sign for it on a phone',
      publish: 'Publish and file the evidence',
      supervise: 'See its limits on the wall',
    },
    who: {
      source: 'Done by an administrator or analyst',
      triage: 'Done by an analyst',
      assign: 'Done by an analyst',
      sign: 'Done by a spokesperson',
      publish: 'Done by a spokesperson',
      supervise: 'Done by a supervisor',
    },
  },
};
