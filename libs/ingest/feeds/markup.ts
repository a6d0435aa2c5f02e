import type { XmlElement } from './xml-tree.js';
import { decodeEntities, stripControls } from '../rules/entities.js';
import { withoutSpans } from '../rules/text-spans.js';

const escapeText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const escapeAttribute = (text: string) => escapeText(text).replace(/"/g, '&quot;');

export function child(element: XmlElement, ...names: string[]): XmlElement | undefined {
  for (const name of names) {
    const found = element.children.find((node) => typeof node !== 'string' && node.name === name);
    if (found !== undefined) return found as XmlElement;
  }
  return undefined;
}

export function children(element: XmlElement, ...names: string[]): XmlElement[] {
  return element.children.filter((node): node is XmlElement => typeof node !== 'string' && names.includes(node.name));
}

/** The text of an element and of all inside it, without markup. */
export function textOf(element: XmlElement | undefined): string {
  if (element === undefined) return '';
  return element.children.map((node) => (typeof node === 'string' ? node : textOf(node))).join('');
}

export const trimmed = (element: XmlElement | undefined): string => collapse(textOf(element));
export const collapse = (text: string): string => stripControls(text).replace(/\s+/g, ' ').trim();

/** What stands inside an element as HTML: text of a text-only element is taken as it is (escaped markup), naked markup is written out. */
export function innerMarkup(element: XmlElement): string {
  if (element.children.every((node) => typeof node === 'string'))
    return stripControls(element.children.join('')).trim();
  return stripControls(serialise(element.children)).trim();
}

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

export function serialise(nodes: (XmlElement | string)[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return escapeText(node);
      const name = node.written.replace(/^[^:]*:/, '');
      const attributes = Object.entries(node.attributes)
        .filter(([key]) => !key.startsWith('xmlns'))
        .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
        .join('');
      return node.children.length === 0 && VOID.test(name)
        ? `<${name}${attributes} />`
        : `<${name}${attributes}>${serialise(node.children)}</${name}>`;
    })
    .join('');
}

const BLOCK = /<\/?(?:p|div|br|li|ul|ol|tr|td|th|h[1-6]|blockquote|section|article|table|hr|dd|dt)\b[^<>]{0,1000}>/gi;

/** HTML as one line of plain text: tags, comments and scripts out, entities resolved once, blanks collapsed. Text with a bare `<` keeps it. */
export function plainText(html: string): string {
  if (!html.includes('<')) return collapse(decodeEntities(html));
  let text = withoutSpans(html, { open: '<!--', close: '-->' });
  for (const name of ['script', 'style'])
    if (text.includes(`<${name}`)) text = withoutSpans(text, { open: `<${name}`, close: `</${name}>`, toEnd: true });
  return collapse(decodeEntities(text.replace(BLOCK, ' ').replace(/<\/?[a-zA-Z][^<>]{0,10000}>/g, '')));
}

/** An address as an absolute http(s) URL; undefined for other schemes. Relative ones are resolved against the base. */
export function absoluteUrl(address: string | undefined, base: string | undefined): string | undefined {
  const text = stripControls(address ?? '').replace(/\s+/g, '');
  if (text === '') return undefined;
  if (/^[a-z][a-z\d+.-]*:/i.test(text)) return /^https?:/i.test(text) ? text : undefined;
  if (text.startsWith('//') && base === undefined) return `http:${text}`;
  try {
    const url = new URL(text, base);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
