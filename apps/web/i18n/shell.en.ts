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
};
