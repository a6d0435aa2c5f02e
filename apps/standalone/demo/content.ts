import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import { readYaml } from '#platform/config/read-yaml.js';

const sourcesSchema = z.strictObject({
  sources: z.array(
    z.strictObject({
      key: z.string(),
      kind: z.enum(['feed', 'weibo', 'messageBoard']),
      name: z.string(),
      path: z.string(),
      channel: z.string(),
      rank: z.enum(['individual', 'local', 'city', 'central', 'official']),
      region: z.string().nullable(),
      format: z.enum(['rss', 'atom', 'json']),
    }),
  ),
  hotline: z.strictObject({ name: z.string(), channel: z.string() }),
});

const itemSchema = z.strictObject({
  at: z.number().min(0),
  source: z.string().optional(),
  hotline: z.literal(true).optional(),
  title: z.string(),
  body: z.string(),
  area: z.string().optional(),
});

const stepSchema = z.strictObject({
  as: z.enum(['analyst', 'leadSpokesperson', 'supervisor']),
  do: z.enum(['confirm', 'assign', 'acknowledge', 'verify', 'publish', 'superviseWhenProposed']),
  after: z.number().min(0),
  reason: z.string().optional(),
  facts: z.string().optional(),
  title: z.string().optional(),
  body: z.string().optional(),
});

const actorSchema = z.strictObject({
  stories: z.array(z.strictObject({ match: z.string(), steps: z.array(stepSchema) })),
});

const accountsSchema = z.strictObject({ bodies: z.array(z.string()) });

export type DemoSources = z.infer<typeof sourcesSchema>;
export type DemoItem = z.infer<typeof itemSchema>;
export type StoryStep = z.infer<typeof stepSchema>;
export type Story = z.infer<typeof actorSchema>['stories'][number];

export interface DemoContent {
  sources: DemoSources;
  items: DemoItem[];
  stories: Story[];
  /** Ids of the bodies whose spokesperson and head have an account. */
  bodies: string[];
}

/** Reads the demonstration of a city; undefined when it has none. Throws `ConfigError` that names the file and the place in it. */
export function readDemoContent(configDir: string, city: string): DemoContent | undefined {
  const folder = path.join(configDir, 'demo', city);
  if (!existsSync(folder)) return undefined;
  const file = (name: string) => path.join(folder, name);
  const sources = readYaml(file('sources.yaml'), sourcesSchema);
  const { items } = readYaml(file('timeline.yaml'), z.strictObject({ items: z.array(itemSchema) }));
  const { stories } = readYaml(file('actor.yaml'), actorSchema);
  const { bodies } = readYaml(file('accounts.yaml'), accountsSchema);
  const keys = new Set(sources.sources.map((source) => source.key));
  items.forEach((item, index) => {
    if (item.hotline !== true && !keys.has(item.source ?? ''))
      throw new ConfigError(file('timeline.yaml'), `items[${index}]: no source ${item.source}`);
  });
  return { sources, items, stories, bodies };
}
