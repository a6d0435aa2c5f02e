import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { WebhookKeys } from './webhook-keys.js';

/** Brings the keys of sources under the newest key of the settings, once after each start: that is when it may have changed. */
@Injectable()
export class KeySealingService {
  private done = false;

  constructor(
    private readonly database: Database,
    private readonly keys: WebhookKeys,
  ) {}

  /** Returns how many sources were sealed anew. */
  async sealOnce(): Promise<number> {
    if (this.done) return 0;
    const sealed = await this.keys.sealAnew(this.database);
    this.done = sealed === 0;
    return sealed;
  }
}
