import { html, type Markup } from './markup.js';
import { styleOf } from './styles.js';

/** What stands on every sheet. */
export interface PageHead {
  /** Who issues it, in the red head: `云江市网络舆情回应`. */
  issuer: string;
  title: string;
  /** 文号 or serial number. */
  serial: string;
  /** Beside the number: date, secrecy, urgency. */
  remarks?: readonly string[];
}

export interface PageOptions {
  landscape?: boolean;
  /** Smaller type and less air, for a sheet that must fit one page. */
  compact?: boolean;
  /** Who signs under the space for the seal, and the date. */
  seal?: { office: string; date: string };
  /** What stands to the left of the seal. */
  mark?: Markup | undefined;
  /** Time of the data, method, who printed it. */
  notes: readonly string[];
}

/** A body that ends in a table takes the end of the sheet into it, so that no page holds the seal alone. */
export type PageBody = Markup | ((closing: Markup) => Markup);

/** A whole page for A4 paper, without any script, image or address of another server. */
export function page(head: PageHead, body: PageBody, { landscape, compact, seal, mark, notes }: PageOptions): string {
  const closing = html`${
      seal === undefined
        ? ''
        : html`<div class="signed">
            ${mark ?? html`<div></div>`}
            <div class="seal">
              <div class="stamp">（盖章处）</div>
              <div>${seal.office}</div>
              <div>${signedOn(seal.date)}</div>
            </div>
          </div>`
    }
    <footer>${notes.map((note) => html`<p>${note}</p>`)}</footer>`;
  const document = html`<html lang="zh-CN">
    <head>
      <meta charset="utf-8" />
      <title>${head.title}</title>
      <style>
        ${styleOf(landscape === true, head.serial)}
      </style>
    </head>
    <body class="${landscape === true ? 'across' : compact === true ? 'compact' : 'plain'}">
      <header>
        <div class="issuer">${head.issuer}</div>
        <div class="serial">
          <span>${head.serial}</span>${(head.remarks ?? []).map((text) => html`<span>${text}</span>`)}
        </div>
      </header>
      <h1>${head.title}</h1>
      <main>${typeof body === 'function' ? body(closing) : html`${body}${closing}`}</main>
    </body>
  </html>`;
  return `<!doctype html>\n${document.text}\n`;
}

/** The day under the seal as official papers write it: `2026年11月20日`. */
const signedOn = (day: string): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${Number(month)}月${Number(date)}日`;
};
