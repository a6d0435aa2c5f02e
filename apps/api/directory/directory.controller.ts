import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DirectoryViews } from '#directory/directory.views.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';

const bodySchema = z
  .object({
    id: z.string(),
    code: z.string(),
    jurisdiction: z.string(),
    name: z.string(),
    shortName: z.string(),
    kind: z.string(),
    level: z.string(),
    parentId: z.string().nullable(),
    regulatorId: z.string().nullable(),
  })
  .meta({ id: 'RespondingBody' });
const jurisdictionSchema = z.object({ code: z.string(), name: z.string() }).meta({ id: 'Jurisdiction' });

const listBodies = defineRoute({
  method: 'GET',
  path: '/bodies',
  summary: 'The responding bodies of the installation',
  permission: 'directory.read',
  scope: 'none',
  response: z.object({ items: z.array(bodySchema), nextCursor: z.null() }),
});
const listJurisdictions = defineRoute({
  method: 'GET',
  path: '/jurisdictions',
  summary: 'The city and its counties',
  permission: 'directory.read',
  scope: 'none',
  response: z.object({ items: z.array(jurisdictionSchema), nextCursor: z.null() }),
});

@Controller()
export class DirectoryController {
  constructor(private readonly directory: DirectoryViews) {}

  @Route(listBodies)
  async bodies(@Input() { tx }: RouteInput<typeof listBodies>) {
    return { items: await this.directory.bodies(tx), nextCursor: null };
  }

  @Route(listJurisdictions)
  jurisdictions() {
    return { items: this.directory.jurisdictions(), nextCursor: null };
  }
}
