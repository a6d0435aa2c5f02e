import { decodeEntities } from '../rules/entities.js';
import { isNameStart, KNOWN_PREFIXES, readTag, vocabularyOf } from './xml-tags.js';

/** An element: `name` is canonical (known name space → fixed prefix, lower case), `written` is as it stood in the document. */
export interface XmlElement {
  name: string;
  written: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
  /** `xml:base` in force, resolved against the outer ones; undefined where none was given. */
  base?: string;
}

export interface XmlLimits {
  maxDepth: number;
  maxNodes: number;
}

export const XML_LIMITS: XmlLimits = { maxDepth: 128, maxNodes: 200_000 };

/** Containers that never hold themselves: an opening tag inside one of them means that the outer was never closed. */
const NEVER_NESTED = new Set(['item', 'entry', 'channel']);
/** Elements whose text is markup-free by definition; an unclosed one ends at the next element of the feed. */
const FEED_ELEMENTS = new Set([
  'item',
  'entry',
  'pubdate',
  'guid',
  'description',
  'content:encoded',
  'dc:date',
  'dc:creator',
]);
const ENDED_BY_FEED_ELEMENT = new Set([
  'link',
  'guid',
  'pubdate',
  'dc:date',
  'dc:creator',
  'author',
  'category',
  'title',
  'description',
]);

const HOME_ELEMENTS = new Set(['rss', 'rdf', 'feed', 'channel', 'entry', 'opml']);

interface Frame {
  element: XmlElement;
  spaces: Map<string, string>;
}

/**
 * Reads XML that may be broken, in one pass and in linear time. Declarations and document types are passed over: no entity
 * is ever defined, so none can expand. Bare `&`, stray closing tags, unclosed elements and bytes around the root are repaired
 * and named in `problems`; beyond the limits reading stops with what there is.
 */
export function readXml(text: string, problems: string[], limits: XmlLimits = XML_LIMITS): XmlElement | undefined {
  const reader = new Reader(text, problems, limits);
  return reader.read();
}

class Reader {
  private readonly stack: Frame[] = [];
  private root: XmlElement | undefined;
  private nodes = 0;
  private at = 0;
  /** The vocabulary of the feed: its elements carry no prefix in canonical names. */
  private home: string | undefined;
  private readonly reported = new Set<string>();

  constructor(
    private readonly text: string,
    private readonly problems: string[],
    private readonly limits: XmlLimits,
  ) {}

  read(): XmlElement | undefined {
    const { text } = this;
    while (this.at < text.length) {
      const open = text.indexOf('<', this.at);
      if (open < 0) {
        this.addText(text.slice(this.at));
        break;
      }
      if (open > this.at) this.addText(text.slice(this.at, open));
      this.at = open;
      if (this.root !== undefined && this.stack.length === 0) break;
      if (!this.markup()) break;
      if (++this.nodes > this.limits.maxNodes) {
        this.problem('too many elements: the rest was left out');
        break;
      }
    }
    if (this.stack.length > 0) this.problem('document ends inside an element');
    return this.root;
  }

  private problem(what: string): void {
    if (this.reported.has(what)) return;
    this.reported.add(what);
    this.problems.push(what);
  }

  private addText(raw: string, decode = true): void {
    const frame = this.stack.at(-1);
    if (frame === undefined) {
      if (raw.trim() !== '') this.problem('characters outside the root element');
      return;
    }
    if (decode && /&(?!#\d|#x[\da-f]|[a-z]\w*;)/i.test(raw)) this.problem('bare ampersand');
    frame.element.children.push(decode ? decodeEntities(raw) : raw);
  }

  /** Reads what begins with `<` at the current place; false ends the document. */
  private markup(): boolean {
    const { text, at } = this;
    if (text.startsWith('<!--', at)) return this.skipTo('-->', 4);
    if (text.startsWith('<![CDATA[', at)) return this.cdata();
    if (text.startsWith('<?', at)) return this.skipTo('>', 2);
    if (/^<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text.slice(at, at + 12))) return this.documentType();
    const next = text.charCodeAt(at + 1);
    if (next === 47) return this.closing();
    if (isNameStart(next)) return this.opening();
    this.problem('bare less-than sign');
    this.addText('<', false);
    this.at += 1;
    return true;
  }

  private skipTo(end: string, from: number): boolean {
    const found = this.text.indexOf(end, this.at + from);
    if (found < 0) {
      this.problem(`no ${end}`);
      return false;
    }
    this.at = found + end.length;
    return true;
  }

  private cdata(): boolean {
    const start = this.at + 9;
    const end = this.text.indexOf(']]>', start);
    if (end < 0) this.problem('CDATA section without end');
    this.addText(this.text.slice(start, end < 0 ? undefined : end), false);
    this.at = end < 0 ? this.text.length : end + 3;
    return true;
  }

  private documentType(): boolean {
    const { text } = this;
    let depth = 0;
    for (let i = this.at; i < text.length; i++) {
      const code = text[i];
      if (code === '[') depth += 1;
      else if (code === ']') depth -= 1;
      else if (code === '>' && depth <= 0) {
        if (text.slice(this.at, i).includes('<!ENTITY')) this.problem('entity definitions ignored');
        this.at = i + 1;
        return true;
      }
    }
    this.problem('document type without end');
    return false;
  }

  private closing(): boolean {
    const end = this.text.indexOf('>', this.at);
    if (end < 0) {
      this.problem('closing tag without end');
      return false;
    }
    const written = this.text
      .slice(this.at + 2, end)
      .trim()
      .toLowerCase();
    this.at = end + 1;
    for (let depth = this.stack.length - 1; depth >= 0; depth--) {
      if (this.stack[depth]!.element.written.toLowerCase() !== written) continue;
      if (depth < this.stack.length - 1) this.problem('unclosed element');
      this.stack.length = depth;
      return true;
    }
    this.problem('closing tag without opening');
    return true;
  }

  private opening(): boolean {
    const tag = readTag(this.text, this.at);
    if (tag === undefined) {
      this.problem('tag without end');
      return false;
    }
    this.at = tag.end;
    const outer = this.stack.at(-1);
    const spaces = this.spacesOf(tag.attributes, outer?.spaces);
    const name = this.canonical(tag.name, spaces);
    if (tag.selfClosing && NEVER_NESTED.has(name) && Object.keys(tag.attributes).length === 0) {
      this.problem('empty entry');
      return true;
    }
    this.endUnclosed(name);
    const parent = this.stack.at(-1);
    const base = resolveBase(tag.attributes['xml:base'], parent?.element.base);
    const element: XmlElement = {
      name,
      written: tag.name,
      attributes: tag.attributes,
      children: [],
      ...(base === undefined ? {} : { base }),
    };
    if (parent === undefined) this.root ??= element;
    else parent.element.children.push(element);
    if (tag.selfClosing) return true;
    if (this.stack.length >= this.limits.maxDepth) {
      this.problem('nested too deeply: inner elements were flattened');
      return true;
    }
    this.stack.push({ element, spaces });
    return true;
  }

  private endUnclosed(name: string): void {
    if (FEED_ELEMENTS.has(name)) {
      const inner = this.stack.at(-1)?.element;
      const parent = this.stack.at(-2)?.element.name;
      if (
        inner !== undefined &&
        (parent === 'item' || parent === 'entry') &&
        ENDED_BY_FEED_ELEMENT.has(inner.name) &&
        inner.name !== 'description'
      ) {
        this.problem('unclosed element');
        this.stack.pop();
      }
    }
    if (!NEVER_NESTED.has(name)) return;
    const depth = this.stack.findLastIndex((frame) => frame.element.name === name);
    if (depth < 0) return;
    this.problem('unclosed element');
    this.stack.length = depth;
  }

  private spacesOf(attributes: Record<string, string>, outer: Map<string, string> | undefined): Map<string, string> {
    let spaces = outer ?? new Map<string, string>();
    for (const [key, value] of Object.entries(attributes)) {
      if (key !== 'xmlns' && !key.startsWith('xmlns:')) continue;
      if (spaces === outer || outer === undefined) spaces = new Map(spaces);
      spaces.set(key === 'xmlns' ? '' : key.slice(6), vocabularyOf(value.trim()));
    }
    return spaces;
  }

  private canonical(written: string, spaces: Map<string, string>): string {
    const colon = written.indexOf(':');
    const prefix = colon < 0 ? '' : written.slice(0, colon);
    const local = written.slice(colon + 1).toLowerCase();
    const space =
      spaces.get(prefix) ??
      (KNOWN_PREFIXES.has(prefix.toLowerCase()) ? prefix.toLowerCase() : prefix === '' ? '' : `?${prefix}`);
    if (this.home === undefined && (HOME_ELEMENTS.has(local) || this.root === undefined)) {
      // A page around the feed has its own vocabulary; the first element of a feed decides.
      if (HOME_ELEMENTS.has(local)) this.home = space === 'rdf' ? 'rss' : space;
      return local;
    }
    if (space === '' || space === this.home || space === 'rss') return local;
    if (prefix === '' && space.startsWith('?')) return local;
    return `${space}:${local}`;
  }
}

function resolveBase(own: string | undefined, outer: string | undefined): string | undefined {
  if (own === undefined || own.trim() === '') return outer;
  try {
    return new URL(own.trim(), outer).href;
  } catch {
    return outer ?? own.trim();
  }
}
