import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { OPML_LIMITS, readOpml, writeOpml } from '#ingest/feeds/opml.js';
import { IntakeViews } from '#ingest/intake.views.js';
import { HOTLINE_FIELDS } from '#ingest/rules/hotline-row.js';
import { SourcesService } from '#ingest/sources.service.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { Download } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { idParams, versioned } from '../http/schemas.js';

const exportList = defineRoute({
  method: 'GET',
  path: '/sources/opml',
  summary: 'The feeds as OPML 2.0, by channel',
  permission: 'source.read',
  scope: 'case',
  produces: ['text/x-opml'],
  response: z.string(),
});
const importList = defineRoute({
  method: 'POST',
  path: '/sources/opml',
  summary: 'Add the feeds of an OPML list; addresses that are known are left as they are',
  permission: 'source.manage',
  scope: 'case',
  query: z.strictObject({
    jurisdiction: z.string().regex(/^\d{6,12}$/),
    channel: z.string().trim().min(1).max(40).default('媒体'),
  }),
  consumes: ['text/x-opml', 'text/xml', 'application/xml', 'application/octet-stream'],
  bodyLimitBytes: OPML_LIMITS.maxBytes + 1,
  response: z.object({
    read: z.number().int(),
    added: z.number().int(),
    known: z.number().int(),
    problems: z.array(z.string()),
  }),
});
const saveMapping = defineRoute({
  method: 'PUT',
  path: '/sources/:id/mapping',
  summary: 'What the columns of this source’s spreadsheets mean, by header; used by every later import',
  permission: 'import.run',
  scope: 'case',
  params: idParams,
  body: z.strictObject({ columns: z.record(z.string().trim().min(1).max(100), z.enum(HOTLINE_FIELDS)) }),
  response: versioned,
});

const MAX_PROBLEMS = 50;

/** Lists of sources in and out, and what their tables mean. Stands before the routes of one source: `opml` is no id. */
@Controller()
export class SourceListsController {
  constructor(
    private readonly intake: IntakeViews,
    private readonly sources: SourcesService,
    private readonly wakeUps: WakeUps,
  ) {}

  @Route(exportList)
  async export(@Input() { tx }: RouteInput<typeof exportList>) {
    const feeds = (await this.intake.sources(tx)).filter((source) => /^https?:/.test(source.url ?? ''));
    const content = writeOpml(
      '回应 信源',
      feeds.map(({ name, url, channel }) => ({ title: name, url: url!, group: [channel] })),
    );
    return new Download({ fileName: 'huiying-sources.opml', contentType: 'text/x-opml; charset=utf-8', content });
  }

  @Route(importList)
  async import(@Input() { tx, caller, query, rawBody }: RouteInput<typeof importList>) {
    const list = readOpml(rawBody);
    let added = 0;
    for (const feed of list.feeds) {
      const { created } = await this.sources.add(tx, caller.actor, {
        kind: 'feed',
        name: feed.title.slice(0, 100),
        url: feed.url.slice(0, 2_000),
        jurisdiction: query.jurisdiction,
        channel: feed.group[0]?.slice(0, 40) ?? query.channel,
      });
      if (created) added += 1;
    }
    if (added > 0) await this.wakeUps.wake('ingest');
    const read = list.feeds.length;
    return { read, added, known: read - added, problems: list.problems.slice(0, MAX_PROBLEMS) };
  }

  @Route(saveMapping)
  async mapping(@Input() { tx, caller, params, body }: RouteInput<typeof saveMapping>) {
    return { id: params.id, version: await this.sources.saveMapping(tx, caller.actor, params.id, body.columns) };
  }
}
