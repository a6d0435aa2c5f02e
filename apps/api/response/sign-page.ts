import type { SignView } from '#assignment/sign-links.service.js';
import { html, type Markup } from '#reporting/print/markup.js';
import { type PageLanguage, SIGN_PAGE_TEXTS } from './sign-page-texts.js';

/** One style sheet of a few lines: fits 360 px, targets of 48 px and more, both themes of the phone. */
const STYLE = `
:root { color-scheme: light dark; --back: #f5f6f8; --card: #fff; --text: #1c2530; --soft: #5b6672; --line: #d8dde3; --act: #0b5cad; --on: #fff; --bad: #b3261e; --good: #146c2e; }
@media (prefers-color-scheme: dark) { :root { --back: #14181d; --card: #1e242b; --text: #e8ecf0; --soft: #a3adb8; --line: #39424c; --act: #6cb0f5; --on: #0d1116; --bad: #ff9a90; --good: #7ddc97; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 17px/1.55 system-ui, -apple-system, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; }
main { max-width: 520px; margin: 0 auto; padding: 12px 16px 32px; }
header { display: flex; justify-content: space-between; align-items: center; min-height: 48px; }
header a { color: var(--act); display: inline-flex; align-items: center; min-height: 48px; padding: 0 8px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px; }
h1 { font-size: 1.25em; line-height: 1.4; margin: 0 0 12px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 12px; margin: 0 0 12px; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
label { display: block; color: var(--soft); margin-bottom: 4px; }
select, button { width: 100%; font: inherit; border-radius: 8px; }
select { min-height: 52px; padding: 0 12px; border: 1px solid var(--line); background: var(--card); color: var(--text); }
button { min-height: 60px; margin-top: 16px; border: 0; background: var(--act); color: var(--on); font-size: 1.15em; font-weight: 600; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.bad { color: var(--bad); } .good { color: var(--good); } .soft { color: var(--soft); font-size: .9em; } p { margin: 12px 0 0; }`;

const officeTime = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);

/** What came of opening or using a link. */
export interface SignOutcome {
  view: SignView;
  signedBy?: string | null;
  /** A name was sent that no person of the body has. */
  unknownPerson?: boolean;
}

/** The page of a link: what is signed for and one button, or why it can't be signed for. No script, no picture, no client. */
export function signPage({ view, signedBy, unknownPerson }: SignOutcome, language: PageLanguage): string {
  const t = SIGN_PAGE_TEXTS[language];
  const other = language === 'en' ? 'zh-CN' : 'en';
  const fault = signedBy == null ? view.fault : null;
  const content =
    fault !== null
      ? html`<h1 class="bad">${t.faults[fault].title}</h1>
          <p role="alert">${t.faults[fault].text}</p>`
      : signedBy != null
        ? html`<h1 class="good" role="status">✓ ${t.signed}</h1>
            ${facts(view, language)}
            <p>${t.signedBy}：<strong>${signedBy}</strong></p>
            <p class="soft">${t.afterwards}</p>`
        : html`<h1>${view.incident?.drill === true ? html`【${t.drill}】` : ''}${view.incident?.title ?? ''}</h1>
            ${facts(view, language)}${form(view, language, unknownPerson === true)}`;
  return `<!doctype html>${
    html`<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${t.title}</title><style>`
      .text
  }${STYLE}${
    html`</style></head><body><main><header><strong>${t.title}</strong><a href="?lang=${other}" hreflang="${other}">${t.other}</a></header><section>${content}</section></main></body></html>`
      .text
  }`;
}

function facts({ order, link, incident, bodyName }: SignView, language: PageLanguage): Markup {
  const t = SIGN_PAGE_TEXTS[language];
  if (order === undefined || link === undefined) return html``;
  return html`<dl>
    <dt>${t.order}</dt>
    <dd>${order.number}</dd>
    <dt>${t.body}</dt>
    <dd>${bodyName}</dd>
    <dt>${t.grade}</dt>
    <dd>${t.grades[incident?.grade ?? 'unknown'] ?? incident?.grade}</dd>
    <dt>${t.dispatched}</dt>
    <dd>${officeTime(order.dispatchedAt)}</dd>
    <dt>${t.validUntil}</dt>
    <dd>${officeTime(link.expiresAt)}</dd>
  </dl>`;
}

function form({ people, link }: SignView, language: PageLanguage, unknownPerson: boolean): Markup {
  const t = SIGN_PAGE_TEXTS[language];
  const options = people.map(
    (person) =>
      html`<option value="${person.name}" ${person.id === link?.personId ? html` selected` : ''}>
        ${person.name}${person.post === '' ? '' : `（${person.post}）`}
      </option>`,
  );
  return html`<form method="post">
    ${unknownPerson ? html`<p class="bad" role="alert">${t.unknownPerson}</p>` : ''}
    <label for="name">${t.signAs}</label
    ><select id="name" name="name" required>
      ${options}
    </select>
    <button type="submit">${t.sign}</button>
    <p class="soft">${t.explain}</p>
  </form>`;
}
