import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Logger } from 'pino';
import type { Environment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { ENVIRONMENT, LOGGER } from '#platform/process/platform.module.js';
import { type CheckResult, runChecks } from './checks.js';

const EVERY_MS = 30_000;
/** The file outside the database that keeps roots of the chain: a ledger that was cut or rewritten no longer fits them. */
export const ROOTS_FILE = 'ledger-roots.jsonl';

/** Looks at the database from outside and keeps the heartbeat that the supervisor's screen watches (design, section 2). */
@Injectable()
export class AuditorService implements OnApplicationBootstrap {
  private lastRoot = 0;
  private busy = false;

  constructor(
    private readonly database: Database,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.audit();
  }

  @Interval(EVERY_MS)
  async audit(): Promise<CheckResult[]> {
    if (this.busy) return [];
    this.busy = true;
    try {
      return await this.auditOnce();
    } catch (error) {
      // Without a heartbeat the screen says so; the next round tries again.
      this.logger.error({ err: error }, 'the audit could not run');
      return [];
    } finally {
      this.busy = false;
    }
  }

  private async auditOnce(): Promise<CheckResult[]> {
    const { results, root } = await this.database.asSystem(async (tx) => ({
      results: await runChecks(tx),
      root: await tx.one<{ seq: string; hash: string; now: Date }>(
        'SELECT seq, hash, huiying_now() AS now FROM ledger_seals ORDER BY seq DESC LIMIT 1',
      ),
    }));
    const broken = results.filter((result) => !result.ok);
    if (broken.length > 0) this.logger.warn({ broken }, 'an invariant does not hold');
    if (root !== undefined) this.exportRoot(Number(root.seq), root.hash, root.now);
    const report = {
      ok: broken.length === 0,
      checks: results,
      root: root === undefined ? null : { seq: Number(root.seq), hash: root.hash },
    };
    await this.database.asSystem((tx) => tx.query('SELECT record_audit($1::jsonb)', [JSON.stringify(report)]));
    return results;
  }

  private exportRoot(seq: number, hash: string, at: Date): void {
    if (seq === this.lastRoot) return;
    this.lastRoot = seq;
    appendFileSync(
      path.join(this.environment.dataDir, ROOTS_FILE),
      `${JSON.stringify({ seq, hash, at: at.toISOString() })}\n`,
      { mode: 0o600 },
    );
  }
}
