import path from 'node:path';
import { z } from 'zod';
import type { CityDirectory } from '#directory/contract.js';
import { readYaml } from '#platform/config/read-yaml.js';
import type { ItemAnalysis, TriageItem } from './analysis.js';
import { incidentSeries } from './new-incident.js';
import { type ClusteringConfig, loadClusteringConfig, loadDuplicatePolicy, loadHeatPolicy } from './policies.js';
import { type SeenHeat, type ServiceRequestPolicy, TriageResources } from './resources.js';
import { chooseTitle } from './rules/cluster/choose-title.js';
import { featuresOf, type ItemFeatures, type WordWeights } from './rules/cluster/features.js';
import type { DuplicatePolicy } from './rules/duplicates/fingerprint.js';
import { type HeatPolicy, type HeatScore, scoreSeen } from './rules/heat/score.js';
import { type Segmenter, segmenter } from './segmenter.js';

const serviceRequestSchema = z.strictObject({ size: z.int().positive(), windowHours: z.number().positive() });

/** The pipeline's resources from the configuration folder. */
export class LoadedResources extends TriageResources {
  private readonly weights: WordWeights;

  readonly duplicates: DuplicatePolicy;
  readonly clustering: ClusteringConfig;
  readonly serviceRequests: ServiceRequestPolicy;
  readonly policyPack: string;
  readonly heatPolicy: HeatPolicy;

  private constructor(
    configDir: string,
    private readonly city: CityDirectory,
    policy: string | undefined,
    private readonly cutter: Segmenter,
  ) {
    super();
    this.duplicates = loadDuplicatePolicy(configDir);
    this.clustering = loadClusteringConfig(configDir);
    this.serviceRequests = readYaml(path.join(configDir, 'service-requests.yaml'), serviceRequestSchema);
    this.heatPolicy = loadHeatPolicy(configDir);
    this.policyPack = policy ?? city.policy;
    const { genericWords } = this.clustering;
    this.weights = { weightOf: (word) => cutter.idfOf(word), isGeneric: (word) => genericWords.has(word) };
  }

  /** Throws `ConfigError` that names the file and place of what is wrong. */
  static load(configDir: string, city: CityDirectory, policy: string | undefined): LoadedResources {
    return new LoadedResources(configDir, city, policy, segmenter());
  }

  incidentSeries(now: Date): string {
    return incidentSeries(this.city, now);
  }

  featuresOf(item: TriageItem, analysis: ItemAnalysis): ItemFeatures {
    return featuresOf(
      {
        ...item,
        places: analysis.places,
        figures: analysis.figures,
        words: this.cutter.words(`${item.title}\n${item.body}`),
      },
      this.weights,
      this.clustering,
    );
  }

  heatOf(facts: SeenHeat): HeatScore {
    return scoreSeen(facts, this.heatPolicy);
  }

  titleOf(titles: string[]): string {
    return chooseTitle(titles, (title) => this.cutter.words(title));
  }
}
