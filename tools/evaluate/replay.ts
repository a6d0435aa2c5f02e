import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FeedEntry } from '#ingest/feeds/feed-document.js';
import { plainText } from '#ingest/feeds/markup.js';
import { readFeed } from '#ingest/feeds/read-feed.js';
import {
  type EntryFacts,
  type EntryKeys,
  judgeEntries,
  type KnownItem,
  normalisedLink,
} from '#ingest/rules/identity.js';
import { type Evaluation, type EvaluationFailure, readJsonLines, UnreadableInput } from './frame.js';

interface Poll {
  seq: number;
  file: string;
  new_ids: string[];
  cumulative_distinct: number;
}

/**
 * Polls of the same address one after the other. A poll is right when the identifiers (id, else link) that the source shows for
 * the first time are the expected ones, and no identifier that is known makes a second item. Identifier and item are not the
 * same: `joined` counts new identifiers of known items (a feed that changes its ids), `split` items without id that share one link.
 */
export const evaluate: Evaluation = async (folder) => {
  const failures: EvaluationFailure[] = [];
  const metrics = { replays: 0, items: 0, joined: 0, split: 0 };
  let total = 0;
  for (const replay of replayFolders(folder)) {
    const source = new ReplayedSource();
    for (const poll of readJsonLines<Poll>(path.join(replay, 'expected.jsonl'))) {
      total += 1;
      const document = await readFeed(readFileSync(path.join(replay, path.basename(poll.file))), {});
      const { firstShown, doubled } = source.take(document.entries);
      const expected = {
        newIds: poll.new_ids.map(normalisedLink).sort(),
        distinct: poll.cumulative_distinct,
        doubled: [],
      };
      const actual = { newIds: firstShown.sort(), distinct: source.identifiers.size, doubled };
      if (JSON.stringify(expected) !== JSON.stringify(actual))
        failures.push({ id: `${path.basename(replay)}/${poll.seq}`, expected, actual });
    }
    metrics.replays += 1;
    metrics.items += source.store.size;
    metrics.joined += source.joined;
    metrics.split += source.split;
  }
  const passed = total - failures.length;
  return {
    what: 'replay',
    file: folder,
    total,
    passed,
    metrics: { passRate: total === 0 ? 1 : passed / total, ...metrics },
    failures,
  };
};

/** One source over its polls: what is stored of it, and which identifiers it has shown. */
class ReplayedSource {
  readonly store = new Map<string, KnownItem>();
  readonly identifiers = new Set<string>();
  joined = 0;
  split = 0;

  take(entries: readonly FeedEntry[]): { firstShown: string[]; doubled: string[] } {
    const facts = entries.map(factsOf);
    const firstShown: string[] = [];
    const doubled: string[] = [];
    for (const verdict of judgeEntries(facts, [...this.store.values()])) {
      const fact = facts[verdict.index] as EntryFacts;
      const identifier = normalisedLink(fact.id ?? fact.link ?? fact.title);
      const first = !this.identifiers.has(identifier);
      this.identifiers.add(identifier);
      if (first) firstShown.push(identifier);
      if (first && verdict.kind !== 'new') this.joined += 1;
      if (!first && verdict.kind === 'new' && fact.id === undefined) this.split += 1;
      if (!first && verdict.kind === 'new' && fact.id !== undefined) doubled.push(identifier);
      if (verdict.kind !== 'repeat')
        remember(this.store, verdict.itemId ?? `item-${this.store.size}`, verdict.keys, fact.published);
    }
    return { firstShown, doubled };
  }
}

const factsOf = (entry: FeedEntry): EntryFacts => ({
  ...(entry.id === undefined ? {} : { id: entry.id }),
  ...(entry.link === undefined ? {} : { link: entry.link }),
  title: entry.title,
  text: plainText(entry.content ?? entry.summary ?? ''),
  published: entry.published ?? null,
});

function replayFolders(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UnreadableInput(folder, 'expected a folder');
  if (existsSync(path.join(folder, 'expected.jsonl'))) return [folder];
  const inner = readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name))
    .filter((candidate) => existsSync(path.join(candidate, 'expected.jsonl')));
  if (inner.length === 0) throw new UnreadableInput(folder, 'no folder with an expected.jsonl');
  return inner;
}

/** What the stores keep of an entry: every key it has been seen under, and the newest revision. */
function remember(store: Map<string, KnownItem>, itemId: string, keys: EntryKeys, published: Date | null): void {
  const known = store.get(itemId);
  const join = (list: string[] | undefined, key: string | null) => [
    ...new Set([...(list ?? []), ...(key === null ? [] : [key])]),
  ];
  store.set(itemId, {
    itemId,
    idKeys: join(known?.idKeys, keys.idKey),
    linkKeys: join(known?.linkKeys, keys.linkKey),
    titleKeys: join(known?.titleKeys, keys.titleKey),
    textKeys: join(known?.textKeys, keys.textKey),
    revisionKey: keys.revisionKey,
    published,
  });
}
