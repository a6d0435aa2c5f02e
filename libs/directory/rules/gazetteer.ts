import { WordMatcher } from '#kernel/word-matcher.js';

/**
 * How sure a name is. `full` official or former name; `short` name without its suffix; `alias` park or landmark of the
 * pack; `town` full name of a town; `bare` town name without suffix, which needs a place-like context; `ordinary` the
 * same for an everyday word (合作, 幸福), which counts only in a list of places; `generic` a zone's common name (开发区),
 * which means ours only where the text names no other unit.
 */
export type NameKind = 'full' | 'short' | 'alias' | 'town' | 'bare' | 'ordinary' | 'generic';

/** One meaning of a name. `unit` = code of the county (or town, where towns are the units) inside the city. */
export interface PlaceSense {
  kind: NameKind;
  /** null = outside the city; the code of the root = the city itself. */
  unit: string | null;
  /** Names of the administrative chain above it, for telling namesakes apart. */
  above: readonly string[];
  /** The name occurs once in the country (only asked for towns). */
  unique: boolean;
}

export interface PlaceName {
  senses: PlaceSense[];
  before: string;
  after: string;
}

export type Gazetteer = WordMatcher<PlaceName>;

/** Collects the senses of names; the same name may mean several places. */
export class GazetteerBuilder {
  private readonly names = new Map<string, PlaceName>();

  add(name: string, sense: PlaceSense): void {
    const entry = this.names.get(name) ?? { senses: [], before: '', after: '' };
    if (!entry.senses.some((s) => s.unit === sense.unit && s.above[0] === sense.above[0])) entry.senses.push(sense);
    this.names.set(name, entry);
  }

  guard(name: string, before: string, after: string): void {
    const entry = this.names.get(name);
    if (entry !== undefined) Object.assign(entry, { before, after });
  }

  build(): Gazetteer {
    return new WordMatcher(this.names);
  }
}

/** Ends of place names, longest first; what stays is the short form. */
const SUFFIX =
  /(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|经济技术开发区|街道办事处|街道|地区|新区|省|市|区|县|镇|乡|盟|旗)$/u;

/** Name without its administrative suffix and people's name; null if nothing of two characters is left. */
export function shortForm(name: string): string | null {
  const bare = name
    .replace(SUFFIX, '')
    .replace(
      /(?:壮族|回族|藏族|彝族|苗族|土家族|布依族|侗族|蒙古|哈萨克|朝鲜族|傣族|白族|羌族|柯尔克孜|景颇族|傈僳族|哈尼族)+$/u,
      '',
    );
  return bare.length >= 2 && bare !== name ? bare : null;
}
