import { Inject, Injectable } from '@nestjs/common';
import { RoutingService } from '#assignment/routing.service.js';
import { Directory } from '#directory/directory.js';
import { newId } from '#kernel/ids.js';
import type { Environment } from '#platform/config/environment.js';
import type { Transaction } from '#platform/database/database.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { unpackLearned } from '#triage/model/learned-file.js';
import { bodyOf, runningVersion } from '#triage/models.store.js';
import { RuleAnalyst } from '#triage/rule-analyst.js';

/** A text that somebody wants judged. */
export interface TrialText {
  title: string;
  body: string;
  kind: 'post' | 'article' | 'call' | 'message';
  channel: string;
  rank: string;
  area: string | null;
  region: string | null;
}

/** Judges a text as the pipeline would, and stores nothing. The rules are read at the first trial: most days nobody tries. */
@Injectable()
export class TextTrial {
  private analyst: RuleAnalyst | undefined;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly directory: Directory,
  ) {}

  async judge(tx: Transaction, text: TrialText) {
    const analyst = await this.ready(tx);
    const now = await tx.now();
    const { city } = this.directory;
    const analysis = analyst.analyse({
      ...text,
      id: newId(),
      jurisdiction: city.root.code,
      drill: false,
      sourceRank: text.rank,
      occurredAt: null,
      publishedAt: now,
      receivedAt: now,
    });
    const routing = new RoutingService(this.directory).propose(
      {
        incidentId: newId(),
        drill: false,
        category: analysis.category,
        itemCount: 1,
        eventTypes: analysis.eventTypes,
        text: `${text.title}。${text.body}`,
        area: text.area,
        region: text.region,
        returns: [],
      },
      now,
    );
    return { analysis, routing };
  }

  /** The version that runs, as everywhere. */
  private async ready(tx: Transaction): Promise<RuleAnalyst> {
    const { configDir, dataDir } = this.environment;
    this.analyst ??= RuleAnalyst.load(configDir, dataDir, this.directory.city);
    const wanted = (await runningVersion(tx)) ?? this.analyst.shippedVersion;
    if (wanted !== this.analyst.modelVersion) {
      const body = await bodyOf(tx, wanted);
      this.analyst.useModel(wanted, body === null ? null : unpackLearned(body));
    }
    return this.analyst;
  }
}
