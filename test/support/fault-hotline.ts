import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { newId } from '#kernel/ids.js';
import type { FaultRig } from './fault-rig.js';
import { insertRow } from './rows.js';

const JURISDICTION = '320600';

/** A hotline that hands in signed messages to an api of the product's own, as a process, and keeps count of them. */
export class Hotline {
  /** What the api answers to a message that it took. */
  readonly taken = 200;
  private sent = 0;

  private constructor(
    private readonly rig: FaultRig,
    private readonly source: string,
    private readonly key: string,
    private readonly url: string,
  ) {}

  static async open(rig: FaultRig): Promise<Hotline> {
    const source = newId();
    const key = `whsec_${randomBytes(32).toString('base64')}`;
    await insertRow(rig.db, 'sources', {
      id: source,
      kind: 'hotline',
      jurisdiction: JURISDICTION,
      channel: '12345',
      state: 'active',
      secret: key,
    });
    return new Hotline(rig, source, key, await rig.startApi());
  }

  /** Sends messages one after the other and answers the statuses that came back. */
  async send(count: number): Promise<number[]> {
    const statuses: number[] = [];
    for (let n = 0; n < count; n += 1) {
      this.sent += 1;
      const body = JSON.stringify({
        number: `W-${this.sent}`,
        occurredAt: new Date().toISOString(),
        content: `银杏苑小区停水两天无人处理，第 ${this.sent} 次反映`,
      });
      const id = newId();
      const at = new Date();
      const answer = await fetch(`${this.url}/api/v1/hotline/messages?source=${this.source}`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': new Webhook(this.key).sign(id, at, body),
        },
      });
      statuses.push(answer.status);
    }
    return statuses;
  }

  /** How many of them stand in the database. */
  async kept(): Promise<number> {
    const [row] = await this.rig.db.asOwner<{ n: number }>(
      'SELECT count(*)::int AS n FROM items WHERE source_id = $1',
      [this.source],
    );
    return row!.n;
  }
}
