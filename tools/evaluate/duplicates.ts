import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadClusteringConfig, loadDuplicatePolicy } from '#triage/policies.js';
import { assignToCluster } from '#triage/rules/cluster/assign.js';
import { ClusterIndex } from '#triage/rules/cluster/cluster-index.js';
import { featuresOf, type ItemFeatures } from '#triage/rules/cluster/features.js';
import { type ClusterCandidate, extendCluster, startCluster } from '#triage/rules/cluster/profile.js';
import { DuplicateIndex } from '#triage/rules/duplicates/duplicate-index.js';
import { type Fingerprint, fingerprint } from '#triage/rules/duplicates/fingerprint.js';
import { isCopy, judgeDuplicate } from '#triage/rules/duplicates/judge-duplicate.js';
import { segmenter } from '#triage/segmenter.js';
import { type Evaluation, type EvaluationFailure, readJsonLines, UnreadableInput } from './frame.js';

interface TextRow {
  id: string;
  subject?: string;
  title?: string;
  text?: string;
  body?: string;
  time?: string;
  publishedAt?: string;
}

interface LabelRow {
  a?: string;
  b?: string;
  same?: number | boolean;
  cluster?: string;
  ids?: string[];
}

interface Text {
  id: string;
  at: Date;
  print: Fingerprint;
  features: ItemFeatures;
}

const configDir =
  process.env.HUIYING_CONFIG_DIR ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../config');
/** Texts without a time are taken as of one instant. */
const UNTIMED = '2000-01-01T00:00:00Z';

/**
 * Rows `{a, b, same}`: two messages are the same when one is a copy of the other or would join a cluster begun by it.
 * Rows `{cluster, ids}`: all texts are clustered in order of time, and the labelled ones are scored by B-cubed.
 */
export const evaluate: Evaluation = async (file, options) => {
  const rows = readJsonLines<LabelRow>(file);
  if (options.texts === undefined) throw new UnreadableInput(file, 'needs --texts <file>[,<file>…] with id and text');
  const measure = new Measure(options.texts.split(',').flatMap((name) => readJsonLines<TextRow>(name)));
  rows.forEach((row, index) => {
    const isPair = row.a !== undefined && row.b !== undefined && row.same !== undefined;
    if (!isPair && (row.cluster === undefined || !Array.isArray(row.ids)))
      throw new UnreadableInput(file, 'expected a, b, same or cluster, ids', index + 1);
  });
  const result = rows[0]?.cluster === undefined ? measure.pairs(rows) : measure.clusters(rows);
  return { what: 'duplicates', file, ...result };
};

interface Result {
  total: number;
  passed: number;
  metrics: Record<string, number>;
  failures: EvaluationFailure[];
}

class Measure {
  private readonly clustering = loadClusteringConfig(configDir);
  private readonly duplicates = loadDuplicatePolicy(configDir);
  private readonly texts: Map<string, Text>;

  constructor(rows: TextRow[]) {
    const cutter = segmenter();
    const { genericWords } = this.clustering;
    const weights = {
      weightOf: (word: string) => cutter.idfOf(word),
      isGeneric: (word: string) => genericWords.has(word),
    };
    this.texts = new Map(
      rows.map((row) => {
        const title = row.subject ?? row.title ?? '';
        const body = row.text ?? row.body ?? '';
        const at = new Date(row.time ?? row.publishedAt ?? UNTIMED);
        const facts = {
          title,
          body,
          occurredAt: null,
          publishedAt: at,
          receivedAt: at,
          places: [],
          figures: [],
          words: cutter.words(`${title}\n${body}`),
        };
        return [
          row.id,
          {
            id: row.id,
            at,
            print: fingerprint(`${title}\n${body}`, this.duplicates),
            features: featuresOf(facts, weights, this.clustering),
          },
        ];
      }),
    );
  }

  pairs(rows: LabelRow[]): Result {
    const known = rows.filter((row) => this.texts.has(row.a!) && this.texts.has(row.b!));
    const judged = known.map((row) => ({
      id: `${row.a}~${row.b}`,
      expected: Boolean(row.same),
      actual: this.same(this.texts.get(row.a!)!, this.texts.get(row.b!)!),
    }));
    const hits = judged.filter((pair) => pair.expected && pair.actual).length;
    const precision = ratio(hits, judged.filter((pair) => pair.actual).length);
    const recall = ratio(hits, judged.filter((pair) => pair.expected).length);
    const failures = judged.filter((pair) => pair.expected !== pair.actual);
    const metrics = { precision, recall, f1: harmonic(precision, recall), withoutText: rows.length - known.length };
    return { total: judged.length, passed: judged.length - failures.length, metrics, failures };
  }

  private same(x: Text, y: Text): boolean {
    const [first, second] = x.at <= y.at ? [x, y] : [y, x];
    if (judgeDuplicate(first.print, second.print, this.duplicates) !== undefined) return true;
    const cluster = startCluster('c', first.features);
    return assignToCluster(second.features, [cluster], this.clustering, second.at).decision === 'join';
  }

  clusters(rows: LabelRow[]): Result {
    const gold = new Map(
      rows.flatMap((row) => row.ids!.filter((id) => this.texts.has(id)).map((id) => [id, row.cluster!] as const)),
    );
    const withoutText = rows.reduce((sum, row) => sum + row.ids!.length, 0) - gold.size;
    const clustered = this.cluster();
    const members = (of: ReadonlyMap<string, string>, id: string) =>
      [...gold.keys()].filter((other) => of.get(other) === of.get(id));
    let precision = 0;
    let recall = 0;
    const failures: EvaluationFailure[] = [];
    for (const id of gold.keys()) {
      const found = members(clustered, id);
      const expected = members(gold, id);
      const both = found.filter((other) => gold.get(other) === gold.get(id)).length;
      precision += both / found.length / gold.size;
      recall += both / expected.length / gold.size;
      if (both < found.length || both < expected.length)
        failures.push({ id, expected: gold.get(id), actual: clustered.get(id) });
    }
    const metrics = {
      precision,
      recall,
      bCubedF1: harmonic(precision, recall),
      clusters: new Set(clustered.values()).size,
      withoutText,
    };
    return { total: gold.size, passed: gold.size - failures.length, metrics, failures };
  }

  /** Cluster of each text, all of them taken in order of time, as the product would have received them. */
  private cluster(): Map<string, string> {
    const index = new ClusterIndex();
    const originals = new DuplicateIndex(this.duplicates);
    const clusters = new Map<string, ClusterCandidate>();
    const clusterOf = new Map<string, string>();
    for (const { id, at, print, features } of [...this.texts.values()].sort(
      (a, b) => a.at.getTime() - b.at.getTime(),
    )) {
      const original = originals.findOriginal(print);
      if (original === undefined || !isCopy(original.kind)) originals.add(id, print);
      const copied = original !== undefined && isCopy(original.kind) ? clusterOf.get(original.itemId) : undefined;
      const decision = assignToCluster(features, index.candidates(features), this.clustering, at);
      const joined = copied ?? (decision.decision === 'join' ? decision.clusterId : undefined);
      const cluster =
        joined === undefined
          ? startCluster(id, features)
          : extendCluster(clusters.get(joined)!, features, this.clustering);
      clusters.set(cluster.id, cluster);
      index.put(cluster);
      clusterOf.set(id, cluster.id);
    }
    return clusterOf;
  }
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
const harmonic = (a: number, b: number): number => (a + b === 0 ? 0 : (2 * a * b) / (a + b));
