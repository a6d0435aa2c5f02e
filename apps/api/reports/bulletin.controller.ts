import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { reaches } from '#accounts/reach.js';
import type { Caller } from '#accounts/contract.js';
import { Directory } from '#directory/directory.js';
import { DomainError } from '#kernel/error.js';
import { BulletinService } from '#reporting/bulletin.service.js';
import { bulletinDocument, MEMBERSHIP_NOTES, NO_DRILLS, ROUNDING } from '#reporting/documents.service.js';
import { FreezeService } from '#reporting/freeze.service.js';
import { printBulletin } from '#reporting/print/bulletin.js';
import { bulletinStanding } from '#reporting/rules/bulletin-course.js';
import { BULLETIN_RULES } from '#reporting/rules/bulletin-table.js';
import { quarterOf, quarterPeriod, requireBegun } from '#reporting/rules/period.js';
import { type ListedSnapshot, listSnapshots } from '#reporting/snapshots.store.js';
import { integer } from '../http/query.js';
import { created } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant } from '../http/schemas.js';
import { delivered, FORMATS, PRODUCED } from './delivered.js';
import { documentOut, documentSchema } from './documents.controller.js';
import { officeName } from './office-name.js';
import { printed } from './printed.js';
import { durationsSchema, periodOut, quarterName, ratioSchema, reportHead } from './report.schemas.js';

const membership = z.enum(['due', 'dispatched']);
const row = z
  .object({
    id: z.string(),
    name: z.string(),
    dispatched: z.number().int(),
    changePct: z.string(),
    signedInTime: ratioSchema,
    feedbackInTime: ratioSchema,
    responded: ratioSchema,
    onTime: ratioSchema,
    targetMet: ratioSchema,
    conferenceOnTime: ratioSchema,
    firstResponseMs: durationsSchema,
    returned: ratioSchema,
    returnsUpheld: ratioSchema,
    reminders: z.number().int(),
    supervisions: z.number().int(),
    referrals: z.number().int(),
    overdueAtUpgrade: z.number().int(),
    previousOnTime: ratioSchema,
    effect: z.object({ mean: z.number().nullable(), count: z.number().int() }).optional(),
  })
  .meta({ id: 'BulletinRow' });
const table = z.object({ rows: z.array(row), laggards: z.array(z.string()) });
const example = z.object({
  incidentId: id(),
  number: z.string(),
  title: z.string(),
  bodyName: z.string().nullable(),
  score: z.number(),
  missing: z.array(z.string()),
  grounds: z.array(z.string()),
});
const examples = z.object({ good: z.array(example), bad: z.array(example) }).optional();
const bulletinSchema = z.object({ whole: row, counties: table, departments: table, examples }).meta({ id: 'Bulletin' });

const snapshot = z
  .object({
    id: id(),
    number: z.string(),
    period: z.string(),
    membership,
    jurisdiction: z.string(),
    asOf: instant(),
    sha256: z.string(),
    frozenAt: instant(),
    frozenByName: z.string(),
    objectionsUntil: instant().nullable(),
    demands: z.array(z.object({ id: z.string(), name: z.string(), dueOn: z.string() })).nullable(),
    objections: z.number().int(),
    undecided: z.number().int(),
    supersededBy: z.string().nullable(),
    standing: z.enum(['objections', 'deciding', 'final', 'superseded']),
    bodyIds: z.array(z.string()),
  })
  .meta({ id: 'FrozenBulletin' });

const bulletin = defineRoute({
  method: 'GET',
  path: '/reports/bulletin',
  summary: 'Quarterly bulletin (季度通报): counties and departments apart; without a quarter the running one',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({
    quarter: quarterName().optional(),
    by: membership.default('due'),
    format: z.enum(FORMATS).default('json'),
  }),
  response: bulletinSchema.extend({ ...reportHead, by: membership, rules: z.record(z.string(), z.string()) }),
  produces: PRODUCED,
});
const freeze = defineRoute({
  method: 'POST',
  path: '/reports/bulletin/freeze',
  summary: 'Keep the bulletin of a quarter as it stands, with number and SHA-256',
  permission: 'report.freeze',
  scope: 'case',
  body: z.strictObject({
    quarter: quarterName(),
    by: membership.default('due'),
    jurisdiction: z.string().max(12).optional(),
  }),
  status: 201,
  response: snapshot,
});
const frozen = defineRoute({
  method: 'GET',
  path: '/reports/bulletins/:id',
  summary: 'A frozen bulletin, its hash checked, and where it differs from what its question answers today',
  permission: 'report.read',
  scope: 'case',
  params: idParams,
  query: z.strictObject({ format: z.enum(FORMATS).default('json') }),
  produces: PRODUCED,
  response: snapshot.extend({
    bulletin: z.unknown(),
    document: documentSchema.nullable(),
    hashMatches: z.boolean(),
    differences: z.array(z.object({ place: z.string(), frozen: z.unknown(), now: z.unknown() })).nullable(),
  }),
});
const listFrozen = defineRoute({
  method: 'GET',
  path: '/reports/bulletins',
  summary: 'Frozen bulletins, newest first',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({ limit: integer(1, 200).default(50) }),
  response: z.object({ items: z.array(snapshot) }),
});

@Controller()
export class BulletinController {
  constructor(
    private readonly bulletins: BulletinService,
    private readonly frozen: FreezeService,
    private readonly directory: Directory,
  ) {}

  @Route(bulletin)
  async bulletin(@Input() { tx, caller, query }: RouteInput<typeof bulletin>) {
    const asOf = await tx.now();
    const period = requireBegun(quarterPeriod(query.quarter ?? quarterOf(asOf.getTime())), asOf.getTime());
    const built = await this.bulletins.build(tx, { period, membership: query.by }, asOf);
    const notes = [NO_DRILLS, MEMBERSHIP_NOTES[query.by], ROUNDING];
    const frame = { period, membership: query.by };
    if (query.format === 'csv' || query.format === 'xlsx')
      return delivered(bulletinDocument(built, frame, asOf), query.format, this.frame(caller));
    if (query.format === 'print')
      return printed(
        `季度通报 ${period.name}`,
        printBulletin(built, {
          period,
          asOf,
          notes,
          by: caller.displayName,
          office: officeName(this.directory.city),
        }),
      );
    return { ...built, period: periodOut(period), asOf, notes, by: query.by, rules: BULLETIN_RULES };
  }

  @Route(freeze)
  async freeze(@Input() { tx, caller, body }: RouteInput<typeof freeze>) {
    const period = requireBegun(quarterPeriod(body.quarter), (await tx.now()).getTime());
    const place = placeOf(caller, body.jurisdiction);
    const kept = await this.frozen.freeze(tx, { period, membership: body.by, place }, caller.actor);
    return created(
      `/reports/bulletins/${kept.id}`,
      standingOf({ ...kept, objections: 0, undecided: 0, supersededBy: null }, kept.frozenAt),
    );
  }

  @Route(frozen)
  async read(@Input() { tx, caller, params, query }: RouteInput<typeof frozen>) {
    const { snapshot: kept, ...compared } = await this.frozen.compare(tx, params.id, (place) =>
      reaches(caller.scope, place),
    );
    const period = quarterPeriod(kept.period);
    if (query.format === 'csv' || query.format === 'xlsx') {
      const frame = { period, membership: kept.membership, place: kept.jurisdiction };
      const document = bulletinDocument(compared.bulletin, frame, kept.asOf);
      const proof = [`通报 ${kept.number}，内容 SHA-256：${kept.sha256}`];
      return delivered({ ...document, notes: [...document.notes, ...proof] }, query.format, this.frame(caller));
    }
    if (query.format === 'print') {
      const notes = [NO_DRILLS, MEMBERSHIP_NOTES[kept.membership], `已冻结，内容 SHA-256：${kept.sha256}`];
      const office = officeName(this.directory.city);
      const frame = {
        period,
        asOf: kept.asOf,
        notes,
        by: kept.frozenByName,
        office,
        serial: kept.number,
        demands: kept.demands ?? [],
        objectionsUntil: kept.objectionsUntil,
      };
      return printed(`季度通报 ${kept.number}`, printBulletin(compared.bulletin, frame));
    }
    const framed = { period, membership: kept.membership, place: kept.jurisdiction };
    // A text of another form than today's can be read and proven, but not shown as tables.
    const document =
      'whole' in compared.bulletin ? documentOut(bulletinDocument(compared.bulletin, framed, kept.asOf)) : null;
    return { ...standingOf(kept, await tx.now()), ...compared, document };
  }

  private frame(caller: Caller) {
    return { office: officeName(this.directory.city), by: caller.displayName };
  }

  @Route(listFrozen)
  async list(@Input() { tx, query }: RouteInput<typeof listFrozen>) {
    const now = await tx.now();
    return { items: (await listSnapshots(tx, query.limit)).map((kept) => standingOf(kept, now)) };
  }
}

const standingOf = <Kept extends ListedSnapshot>(kept: Kept, now: Date) => ({
  ...kept,
  standing: bulletinStanding({ ...kept, objectionsUntil: kept.objectionsUntil?.getTime() ?? null }, now.getTime()),
});

/** The place that is frozen: one of the caller's; who has several must say which. */
function placeOf(caller: Caller, wanted: string | undefined): string {
  const places = caller.scope.jurisdictions;
  const place = wanted ?? (places.length === 1 ? places[0] : undefined);
  if (place === undefined)
    throw new DomainError('JURISDICTION_NEEDED', 422, 'say which jurisdiction is frozen', { places }, 'jurisdiction');
  if (!reaches(caller.scope, place))
    throw new DomainError('OUT_OF_REACH', 403, 'this jurisdiction is not among the caller’s', { place });
  return place;
}
