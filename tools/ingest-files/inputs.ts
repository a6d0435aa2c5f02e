import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from '#platform/config/environment.js';
import { GuardedFetcher } from '#platform/fetch/guarded-fetch.js';

/** A file or page that was named, with its bytes. */
export interface Input {
  name: string;
  bytes: Buffer;
  contentType?: string;
}

/** Files below a folder, in order of name. */
function filesOf(name: string): string[] {
  if (!statSync(name).isDirectory()) return [name];
  return readdirSync(name, { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(name, file))
    .filter((file) => statSync(file).isFile())
    .sort();
}

/** What the names stand for: each file, the files of each folder, each address. */
export async function* inputsOf(
  names: string[],
  environment: Environment,
): AsyncGenerator<Input | { name: string; error: Error }> {
  const fetcher = new GuardedFetcher({ intranet: environment.intranet, userAgent: 'Huiying/0.1 (+ingest)' });
  for (const name of names) {
    if (/^https?:\/\//.test(name)) {
      const page = await fetcher.fetch(name).catch((error: Error) => error);
      if (page instanceof Error) yield { name, error: page };
      else
        yield {
          name,
          bytes: page.body,
          ...(page.headers['content-type'] === undefined ? {} : { contentType: page.headers['content-type'] }),
        };
      continue;
    }
    try {
      for (const file of filesOf(name)) yield { name: file, bytes: readFileSync(file) };
    } catch (error) {
      yield { name, error: error as Error };
    }
  }
}

export const isTable = ({ name, bytes }: Input): boolean =>
  /\.(xlsx|csv)$/i.test(name) || bytes.subarray(0, 2).toString('latin1') === 'PK';

/** HTML that is no feed; a broken feed begins like one and stays refused. */
export const isPage = ({ name, bytes, contentType = '' }: Input): boolean => {
  const head = bytes.subarray(0, 4_096).toString('latin1');
  if (/<(?:rss|feed|rdf:RDF)\b|<!ENTITY/i.test(head)) return false;
  return /html/i.test(contentType) || /\.(?:html?|txt)$/i.test(name) || /<(?:!doctype html|html|body|p)\b/i.test(head);
};
