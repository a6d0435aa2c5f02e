import path from 'node:path';
import { z } from 'zod';
import type { CityDirectory } from '#directory/contract.js';
import { officeYear } from '#kernel/time.js';
import { readYaml } from '#platform/config/read-yaml.js';
import type { ItemAnalysis, TriageItem } from './analysis.js';
import { type ClusteringConfig, loadClusteringConfig, loadDuplicatePolicy } from './policies.js';
import { type ServiceRequestPolicy, TriageResources } from './resources.js';
import { featuresOf, type ItemFeatures, type WordWeights } from './rules/cluster/features.js';
import type { DuplicatePolicy } from './rules/duplicates/fingerprint.js';
import { type Segmenter, segmenter } from './segmenter.js';

const serviceRequestSchema = z.strictObject({ size: z.int().positive(), windowHours: z.number().positive() });

/** The pipeline's resources from the configuration folder. */
export class LoadedResources extends TriageResources {
  private readonly weights: WordWeights;

  private constructor(
    readonly duplicates: DuplicatePolicy,
    readonly clustering: ClusteringConfig,
    readonly serviceRequests: ServiceRequestPolicy,
    readonly policyPack: string,
    private readonly numberPrefix: string,
    private readonly cutter: Segmenter,
  ) {
    super();
    this.weights = { weightOf: (word) => cutter.idfOf(word), isGeneric: (word) => clustering.genericWords.has(word) };
  }

  /** Throws `ConfigError` that names the file and place of what is wrong. */
  static load(configDir: string, city: CityDirectory, policy: string | undefined): LoadedResources {
    const serviceRequests = readYaml(path.join(configDir, 'service-requests.yaml'), serviceRequestSchema);
    return new LoadedResources(
      loadDuplicatePolicy(configDir),
      loadClusteringConfig(configDir),
      serviceRequests,
      policy ?? city.policy,
      city.numberPrefix,
      segmenter(),
    );
  }

  incidentSeries(now: Date): string {
    return `${this.numberPrefix}舆〔${officeYear(now)}〕`;
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
}
