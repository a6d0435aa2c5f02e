import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { unpackLearned } from './model/learned-file.js';
import { bodyOf, registerShipped, runningVersion } from './models.store.js';
import { PipelineService } from './pipeline.service.js';
import { RuleAnalyst } from './rule-analyst.js';

/** Keeps the analyst on the version that a named person let run. */
@Injectable()
export class ModelKeeper {
  private registered = false;

  constructor(
    private readonly database: Database,
    private readonly analyst: RuleAnalyst,
    private readonly pipeline: PipelineService,
  ) {}

  /** Changes the model when another version runs now. Never asks for another round. */
  async follow(): Promise<number> {
    const wanted = await this.database.asSystem(async (tx) => {
      if (!this.registered) await registerShipped(tx, this.analyst.shippedVersion);
      const version = (await runningVersion(tx)) ?? this.analyst.shippedVersion;
      return version === this.analyst.modelVersion ? null : { version, body: await bodyOf(tx, version) };
    });
    this.registered = true;
    if (wanted === null) return 0;
    this.analyst.useModel(wanted.version, wanted.body === null ? null : unpackLearned(wanted.body));
    this.pipeline.forgetPrepared();
    return 0;
  }
}
