import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from '#platform/config/environment.js';
import { DemoActor } from './actor.js';
import type { DemoAccount } from './client.js';
import { type DemoContent, readDemoContent } from './content.js';
import { DemoHotline } from './hotline.js';
import { DemoSite } from './site.js';

/** The running demonstration: its site is up before the product, its timeline begins when the product is ready. */
export interface Demonstration {
  content: DemoContent;
  address: string;
  begin(productAddress: string): void;
  stop(): Promise<void>;
}

export const DEMO_ACCOUNTS_FILE = 'demo-accounts.json';

export async function startDemonstration(environment: Environment): Promise<Demonstration | undefined> {
  const content = readDemoContent(environment.configDir, environment.city);
  if (content === undefined) return undefined;
  const site = new DemoSite(content);
  const address = await site.listen();
  const log = (line: string) => console.error(line);
  let actor: DemoActor | undefined;
  let hotline: DemoHotline | undefined;
  return {
    content,
    address,
    begin(productAddress) {
      const accounts = JSON.parse(
        readFileSync(path.join(environment.dataDir, DEMO_ACCOUNTS_FILE), 'utf8'),
      ) as DemoAccount[];
      site.begin();
      hotline = new DemoHotline(productAddress, accounts, site, log);
      actor = new DemoActor(productAddress, accounts, content.stories, { site, address }, log);
      void hotline.run();
      void actor.run();
    },
    async stop() {
      actor?.stop();
      hotline?.stop();
      await site.close();
    },
  };
}
