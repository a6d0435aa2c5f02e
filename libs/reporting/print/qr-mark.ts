import { qrCode } from './qr-code.js';
import { html, Markup } from './markup.js';

/** Light modules around a code, without which it is not found. */
const MARGIN = 4;

/** A QR code with the words below it, drawn into the page itself; nothing for a text that is too long for one. */
export function qrMark(text: string, words: readonly string[]): Markup | undefined {
  const symbol = qrCode(text);
  if (symbol === undefined) return undefined;
  const size = symbol.length + 2 * MARGIN;
  const modules = symbol.flatMap((row, down) =>
    row.flatMap((dark, across) => (dark ? [`M${across + MARGIN} ${down + MARGIN}h1v1h-1z`] : [])),
  );
  return html`<div class="mark">
    <svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" role="img" aria-label="${words[0] ?? ''}">
      ${new Markup(`<path d="${modules.join('')}"/>`)}
    </svg>
    ${words.map((line) => html`<div>${line}</div>`)}
  </div>`;
}
