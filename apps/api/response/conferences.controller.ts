import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireInBody } from '#accounts/contract.js';
import { stepsOfConferences } from '#response/conference-steps.store.js';
import { ConferencesService } from '#response/conferences.service.js';
import { findConference } from '#response/conferences.store.js';
import { CONFERENCE_STEPS } from '#response/rules/back-plan.js';
import { Incidents } from '#triage/contract.js';
import { created, withETag } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, instantInput, versioned } from '../http/schemas.js';
import { conferenceSchema } from './course.schemas.js';

const webAddress = () => z.url({ protocol: /^https?$/ }).max(2_000);
const place = z.string().trim().min(1).max(200);
const name = z.string().trim().min(1).max(60);

const plan = defineRoute({
  method: 'POST',
  path: '/incidents/:id/press-conferences',
  summary: 'Plan a press conference',
  permission: 'conference.manage',
  scope: 'case',
  params: idParams,
  body: z.strictObject({ bodyId: z.string().max(40), plannedAt: instantInput().optional(), place: place.optional() }),
  response: z.object({ id: id() }),
  status: 201,
});
const readConference = defineRoute({
  method: 'GET',
  path: '/press-conferences/:id',
  summary: 'One press conference',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: conferenceSchema,
});
const command = <const Path extends string, Body extends z.ZodType>(path: Path, summary: string, body: Body) =>
  defineRoute({
    method: 'POST',
    path,
    summary,
    permission: 'conference.manage',
    scope: 'case',
    params: idParams,
    ifMatch: 'required',
    body,
    response: versioned,
  });
const announce = command(
  '/press-conferences/:id/announce',
  'Announce a press conference; the notice stops no clock',
  z.strictObject({ plannedAt: instantInput(), place, noticeUrl: webAddress().optional() }),
);
const held = command(
  '/press-conferences/:id/held',
  'File that it was held: start, place, host, speakers with rank, media, record; stops the clock at its start',
  z.strictObject({
    heldAt: instantInput(),
    place: place.optional(),
    liveUrl: webAddress().optional(),
    host: name,
    speakers: z.array(z.strictObject({ name, post: name, rank: z.string().trim().max(60) })).max(20),
    mediaCount: z.number().int().min(0).max(10_000),
    recordUrl: webAddress(),
  }),
);
const waive = command(
  '/press-conferences/:id/waive',
  'Record who decided that there is none, and on what ground',
  z.strictObject({ decidedBy: z.string().trim().min(1).max(120), ground: z.string().trim().min(1).max(1_000) }),
);

const finish = command(
  '/press-conferences/:id/steps',
  'Mark a step of the back-plan as done (报批、场地、问答、媒体、直播); its clock stops',
  z.strictObject({ step: z.enum(CONFERENCE_STEPS), note: z.string().trim().min(1).max(500).optional() }),
);
const cancel = command(
  '/press-conferences/:id/cancel',
  'Cancel a planned press conference, with the reason; the obligation stays',
  z.strictObject({ reason: z.string().trim().min(1).max(1_000) }),
);
const listSteps = defineRoute({
  method: 'GET',
  path: '/incidents/:id/conference-steps',
  summary: 'The back-plans of the press conferences of an incident',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z.object({
    items: z.array(
      z
        .object({
          id: id(),
          conferenceId: id(),
          step: z.enum(CONFERENCE_STEPS),
          dueAt: instant(),
          doneAt: instant().nullable(),
          doneByName: z.string().nullable(),
          note: z.string().nullable(),
        })
        .meta({ id: 'ConferenceStep' }),
    ),
  }),
});

/** Press conferences of a body; the duty must be held in that very body. */
@Controller()
export class ConferencesController {
  constructor(
    private readonly conferences: ConferencesService,
    private readonly incidents: Incidents,
  ) {}

  @Route(plan)
  async plan(@Input() { tx, caller, params, body }: RouteInput<typeof plan>) {
    requireInBody(caller, 'conference.manage', body.bodyId);
    const made = await this.conferences.plan(tx, { incidentId: params.id, actor: caller.actor, ...body });
    return created(`/press-conferences/${made}`, { id: made }, 1);
  }

  @Route(readConference)
  async read(@Input() { tx, params }: RouteInput<typeof readConference>) {
    const conference = await findConference(tx, params.id);
    return withETag(conference.version, conference);
  }

  @Route(announce)
  async announce(@Input() input: RouteInput<typeof announce>) {
    return answer(input, await this.conferences.announce(input.tx, { ...(await decision(input)), ...input.body }));
  }

  @Route(held)
  async held(@Input() input: RouteInput<typeof held>) {
    return answer(input, await this.conferences.hold(input.tx, { ...(await decision(input)), ...input.body }));
  }

  @Route(finish)
  async finish(@Input() input: RouteInput<typeof finish>) {
    return answer(input, await this.conferences.finishStep(input.tx, { ...(await decision(input)), ...input.body }));
  }

  @Route(cancel)
  async cancel(@Input() input: RouteInput<typeof cancel>) {
    return answer(input, await this.conferences.cancel(input.tx, { ...(await decision(input)), ...input.body }));
  }

  @Route(listSteps)
  async steps(@Input() { tx, params }: RouteInput<typeof listSteps>) {
    await this.incidents.lock(tx, params.id);
    return { items: await stepsOfConferences(tx, params.id) };
  }

  @Route(waive)
  async waive(@Input() input: RouteInput<typeof waive>) {
    return answer(input, await this.conferences.waive(input.tx, { ...(await decision(input)), ...input.body }));
  }
}

type CommandInput = Pick<RouteInput<typeof waive>, 'tx' | 'caller' | 'params' | 'ifMatch'>;

async function decision({ tx, caller, params, ifMatch }: CommandInput) {
  requireInBody(caller, 'conference.manage', (await findConference(tx, params.id)).bodyId);
  return { conferenceId: params.id, expectedVersion: ifMatch, actor: caller.actor };
}

const answer = ({ params }: CommandInput, version: number) => ({ id: params.id, version });
