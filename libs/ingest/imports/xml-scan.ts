/** An element found by name: its attributes as written and what stands inside it; `end` is the offset behind it. */
export interface ScannedElement {
  attributes: string;
  inner: string;
  end: number;
}

/**
 * The elements of one local name in a piece of well-formed XML that does not nest them, with or without a prefix, in linear
 * time. Stops before an element that is not closed in the piece: `end` of the last one says how far it came.
 */
export function* scanElements(text: string, name: string): Generator<ScannedElement> {
  const opening = new RegExp(`<((?:\\w+:)?${name})(?=[\\s/>])`, 'g');
  for (let open = opening.exec(text); open !== null; open = opening.exec(text)) {
    const tagEnd = text.indexOf('>', opening.lastIndex);
    if (tagEnd < 0) return;
    const attributes = text.slice(opening.lastIndex, tagEnd);
    if (attributes.endsWith('/')) {
      opening.lastIndex = tagEnd + 1;
      yield { attributes: attributes.slice(0, -1), inner: '', end: tagEnd + 1 };
      continue;
    }
    const closing = `</${open[1]}>`;
    const close = text.indexOf(closing, tagEnd + 1);
    if (close < 0) return;
    opening.lastIndex = close + closing.length;
    yield { attributes, inner: text.slice(tagEnd + 1, close), end: opening.lastIndex };
  }
}

/** What stands inside the first element of a name, or undefined. */
export function innerOf(text: string, name: string): string | undefined {
  for (const element of scanElements(text, name)) return element.inner;
  return undefined;
}
