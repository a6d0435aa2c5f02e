import type { presenceZh } from './presence.zh-CN.js';
import type { Texts } from './texts.js';

export const presenceEn: Texts<typeof presenceZh> = {
  presence: {
    viewing: '{{name}} is looking at this',
    drafting: '{{name}} is drafting',
  },
};
