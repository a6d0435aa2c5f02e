import type { SignLinkFault } from '#assignment/rules/sign-link.js';

/** The page is served without the client, so that it opens at once in a chat program on a slow line; its few texts stand here. */
export type PageLanguage = 'zh-CN' | 'en';

interface PageTexts {
  title: string;
  drill: string;
  order: string;
  body: string;
  dispatched: string;
  validUntil: string;
  signAs: string;
  explain: string;
  sign: string;
  signed: string;
  signedBy: string;
  afterwards: string;
  unknownPerson: string;
  grade: string;
  other: string;
  grades: Record<string, string>;
  faults: Record<SignLinkFault, { title: string; text: string }>;
}

export const SIGN_PAGE_TEXTS: Record<PageLanguage, PageTexts> = {
  'zh-CN': {
    title: '交办签收',
    drill: '演练',
    order: '交办单号',
    body: '承办单位',
    dispatched: '交办时间',
    validUntil: '链接有效至',
    signAs: '签收人',
    explain: '签收表示已知悉并开始办理，不代表认可职责归属；如需退回，请登录系统办理。',
    sign: '签收',
    signed: '已签收',
    signedBy: '签收人',
    afterwards: '可以关闭本页。核实、反馈和退回请登录系统办理。',
    unknownPerson: '签收人不在该单位的通讯录中，未作签收。请从名单中选择。',
    grade: '事件等级',
    other: 'English',
    grades: {
      I: 'Ⅰ级（特别重大）',
      II: 'Ⅱ级（重大）',
      III: 'Ⅲ级（较大）',
      IV: 'Ⅳ级（一般）',
      none: '未达分级',
      unknown: '待定',
    },
    faults: {
      unknown: { title: '链接无效', text: '没有这个签收链接。请核对消息中的地址，或登录系统签收。' },
      used: { title: '链接已使用', text: '这个链接只能使用一次，已经用过，未作任何更改。' },
      expired: { title: '链接已过期', text: '链接的有效时间已过，未作签收。请登录系统签收，或向网信办索取新链接。' },
      withdrawn: { title: '交办已变更', text: '这份交办已撤回、改派或正在办理退回，未作签收。' },
      signed: { title: '已经签收', text: '这份交办此前已经签收，无需再次签收。' },
      otherBody: { title: '链接无效', text: '这个链接不属于这份交办的承办单位，未作签收。' },
    },
  },
  en: {
    title: 'Sign for an order',
    drill: 'DRILL',
    order: 'Order no.',
    body: 'Responding body',
    dispatched: 'Dispatched',
    validUntil: 'Link valid until',
    signAs: 'Signing as',
    explain:
      'Signing means that you know of it and begin to handle it, not that you accept the duty. To return it, sign in.',
    sign: 'Sign for it',
    signed: 'Signed for',
    signedBy: 'Signed by',
    afterwards: 'You can close this page. Sign in to verify, report or return.',
    unknownPerson: 'This name is not in the directory of the body; nothing was signed. Choose from the list.',
    grade: 'Grade',
    other: '中文',
    grades: {
      I: 'I (extraordinary)',
      II: 'II (major)',
      III: 'III (large)',
      IV: 'IV (ordinary)',
      none: 'below grading',
      unknown: 'open',
    },
    faults: {
      unknown: {
        title: 'Link not valid',
        text: 'There is no such link. Check the address in the message, or sign in.',
      },
      used: { title: 'Link already used', text: 'This link works once and has been used. Nothing was changed.' },
      expired: {
        title: 'Link expired',
        text: 'Its time has passed; nothing was signed. Sign in, or ask for a new link.',
      },
      withdrawn: {
        title: 'Order changed',
        text: 'The order was withdrawn, reassigned or is being returned; nothing was signed.',
      },
      signed: { title: 'Signed already', text: 'This order has been signed for; there is nothing to do.' },
      otherBody: {
        title: 'Link not valid',
        text: 'This link does not belong to the body of the order; nothing was signed.',
      },
    },
  },
};
