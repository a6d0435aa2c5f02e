import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { plainText } from '#ingest/feeds/markup.js';
import { readFeed } from '#ingest/feeds/read-feed.js';
import { type EntryFacts, type EntryKeys, judgeEntries, type KnownItem } from '#ingest/rules/identity.js';
import { type Evaluation, type EvaluationFailure, readJsonLines, UnreadableInput } from './frame.js';

interface Poll {
  seq: number;
  file: string;
  new_ids: string[];
  cumulative_distinct: number;
}

/** Polls of the same address one after the other: each must bring exactly the new entries, and no entry twice. A poll is right when new ids and the running total agree. */
export const evaluate: Evaluation = async (folder) => {
  const replays = replayFolders(folder);
  const failures: EvaluationFailure[] = [];
  let total = 0;
  for (const replay of replays) {
    const store = new Map<string, KnownItem>();
    for (const poll of readJsonLines<Poll>(path.join(replay, 'expected.jsonl'))) {
      total += 1;
      const bytes = readFileSync(path.join(replay, path.basename(poll.file)));
      const document = await readFeed(bytes, {});
      const facts = document.entries.map((entry): EntryFacts => ({
        ...(entry.id === undefined ? {} : { id: entry.id }),
        ...(entry.link === undefined ? {} : { link: entry.link }),
        title: entry.title,
        text: plainText(entry.content ?? entry.summary ?? ''),
        published: entry.published ?? null,
      }));
      const verdicts = judgeEntries(facts, [...store.values()]);
      const created: string[] = [];
      for (const verdict of verdicts) {
        if (verdict.kind === 'repeat') continue;
        const fact = facts[verdict.index] as EntryFacts;
        if (verdict.kind === 'new') created.push(fact.id ?? fact.link ?? fact.title);
        remember(store, verdict.itemId ?? `item-${store.size}`, verdict.keys, fact.published);
      }
      const expected = { newIds: [...poll.new_ids].sort(), cumulativeDistinct: poll.cumulative_distinct };
      const actual = { newIds: created.sort(), cumulativeDistinct: store.size };
      if (JSON.stringify(expected) !== JSON.stringify(actual))
        failures.push({ id: `${path.basename(replay)}/${poll.seq}`, expected, actual });
    }
  }
  const passed = total - failures.length;
  return {
    what: 'replay',
    file: folder,
    total,
    passed,
    metrics: { passRate: total === 0 ? 1 : passed / total, replays: replays.length },
    failures,
  };
};

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
