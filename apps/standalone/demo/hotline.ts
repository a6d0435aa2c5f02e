import { type DemoAccount, DemoClient } from './client.js';
import type { DemoItem } from './content.js';
import type { DemoSite } from './site.js';

const LOOK_EVERY_MS = 1_000;

/** Calls of the demonstration's hotline, sent through the same interface as a real one, with stable work-order numbers. */
export class DemoHotline {
  private readonly sent = new Set<DemoItem>();
  private stopped = false;

  constructor(
    private readonly base: string,
    private readonly accounts: DemoAccount[],
    private readonly site: DemoSite,
    private readonly log: (line: string) => void,
  ) {}

  async run(): Promise<void> {
    const operator =
      this.accounts.find((account) => account.username === 'hotline') ??
      this.accounts.find((account) => account.role === 'analyst');
    if (operator === undefined) return;
    const client = new DemoClient(this.base, operator);
    while (!this.stopped) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      const fresh = this.site.published((item) => item.hotline === true && !this.sent.has(item));
      if (fresh.length === 0) continue;
      await this.send(client, fresh).catch((error: unknown) => this.log(`demonstration: ${(error as Error).message}`));
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private async send(client: DemoClient, items: DemoItem[]): Promise<void> {
    const messages = items.map((item) => ({
      number: `YJ12345-${this.site.publishedAt(item).getTime()}-${item.at}`,
      occurredAt: this.site.publishedAt(item).toISOString(),
      title: item.title,
      content: item.body,
      area: item.area,
    }));
    await client.post('/hotline/messages', messages);
    for (const item of items) this.sent.add(item);
  }
}
