import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireInBody } from '#accounts/contract.js';
import { bodiesAt } from '#directory/body-versions.store.js';
import { Directory } from '#directory/directory.js';
import { DirectoryViews } from '#directory/directory.views.js';
import { PeopleService } from '#directory/people.service.js';
import { personsAt } from '#directory/people.store.js';
import { readCsvRows } from '#ingest/imports/csv-reader.js';
import { readXlsxRows } from '#ingest/imports/xlsx-reader.js';
import { bufferSource } from '#ingest/imports/zip-archive.js';
import type { ImportRow } from '#ingest/rules/import-row.js';
import { assignmentsVisible } from '#assignment/assignment.views.js';
import { DomainError } from '#kernel/error.js';
import { flag } from '../http/query.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instantInput } from '../http/schemas.js';
import { bodyDetailSchema, bodyOfDaySchema, gapSchema, importOutcomeSchema } from './people.schemas.js';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const bodyId = z.string().max(40);
const role = z.enum(['head', 'spokesperson', 'deputy', 'liaison']);

const readBody = defineRoute({
  method: 'GET',
  path: '/directory/body',
  summary: 'One body with its people, turns of duty, matter words and reachability, today or on another day',
  permission: 'directory.manage',
  scope: 'administration',
  query: z.strictObject({ id: bodyId.optional(), at: instantInput().optional() }),
  response: bodyDetailSchema,
});
const listGaps = defineRoute({
  method: 'GET',
  path: '/directory/gaps',
  summary: 'Bodies that nobody speaks for, or that nobody stands in for',
  permission: 'directory.manage',
  scope: 'administration',
  response: z.object({ items: z.array(gapSchema), nextCursor: z.null() }),
});
const appoint = defineRoute({
  method: 'POST',
  path: '/directory/persons',
  summary: 'Appoint a person of a body from a day on; a new head or spokesperson follows the one before',
  permission: 'directory.manage',
  scope: 'administration',
  body: z.strictObject({
    bodyId,
    name: z.string().trim().min(1).max(40),
    post: z.string().trim().max(80).default(''),
    role,
    phone: z.string().trim().max(40).optional(),
    validFrom: day.optional(),
  }),
  response: z.object({ id: id() }),
  status: 201,
});
const planTurn = defineRoute({
  method: 'POST',
  path: '/directory/turns',
  summary: 'Plan a turn of duty with its deputy (AB角)',
  permission: 'directory.manage',
  scope: 'administration',
  body: z.strictObject({
    bodyId,
    personId: id(),
    deputyId: id().optional(),
    startsAt: instantInput(),
    endsAt: instantInput(),
  }),
  response: z.object({ id: id() }),
  status: 201,
});
const handOver = defineRoute({
  method: 'POST',
  path: '/directory/handovers',
  summary: 'Write the hand-over note of a turn of duty of the own body',
  permission: 'assignment.acknowledge',
  scope: 'administration',
  body: z.strictObject({ turnId: id(), note: z.string().trim().min(1).max(2_000) }),
  response: z.object({ turnId: id() }),
});
const importTable = defineRoute({
  method: 'POST',
  path: '/directory/import',
  summary: 'Bodies, people and turns of duty from CSV or XLSX; a trial run unless `apply`; every faulty row is named',
  permission: 'directory.manage',
  scope: 'administration',
  query: z.strictObject({ apply: flag().default(false) }),
  consumes: [
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/octet-stream',
  ],
  bodyLimitBytes: 5_000_000,
  response: importOutcomeSchema,
});
const bodiesOfIncident = defineRoute({
  method: 'GET',
  path: '/incidents/:id/bodies',
  summary: 'The bodies of the orders as they were on the day of the order: name, head, spokesperson',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z.object({ items: z.array(bodyOfDaySchema) }),
});

const MAX_ROWS = 20_000;

/** The administrator's directory: people, duty, tables; and the bodies of a case as they were. */
@Controller()
export class PeopleController {
  constructor(
    private readonly people: PeopleService,
    private readonly views: DirectoryViews,
    private readonly directory: Directory,
  ) {}

  @Route(readBody)
  async body(@Input() { tx, query }: RouteInput<typeof readBody>) {
    const { city } = this.directory;
    const wanted = query.id ?? `${city.root.code}-${city.roles.leadDecider}`;
    const detail =
      (await this.views.detail(tx, wanted, query.at ?? (await tx.now()))) ??
      // Without an id the first body stands in: an installation may have begun without the office of its pack.
      (query.id === undefined ? await this.first(tx) : undefined);
    if (detail === undefined) throw new DomainError('BODY_NOT_FOUND', 404, 'no such body', {}, 'id');
    return detail;
  }

  @Route(listGaps)
  async gaps(@Input() { tx }: RouteInput<typeof listGaps>) {
    return { items: await this.views.gaps(tx), nextCursor: null };
  }

  @Route(appoint)
  async appoint(@Input() { tx, caller, body }: RouteInput<typeof appoint>) {
    const { phone = null, validFrom, ...person } = body;
    return {
      id: await this.people.appoint(
        tx,
        { ...person, phone, ...(validFrom === undefined ? {} : { validFrom }) },
        caller.actor,
      ),
    };
  }

  @Route(planTurn)
  async plan(@Input() { tx, caller, body }: RouteInput<typeof planTurn>) {
    return { id: await this.people.plan(tx, { ...body, deputyId: body.deputyId ?? null }, caller.actor) };
  }

  @Route(handOver)
  async handOver(@Input() { tx, caller, body }: RouteInput<typeof handOver>) {
    await this.people.handOver(tx, body.turnId, body.note, {
      actor: caller.actor,
      mayWrite: (of) => requireInBody(caller, 'assignment.acknowledge', of),
    });
    return { turnId: body.turnId };
  }

  @Route(importTable)
  async importTable(@Input() { tx, caller, query, rawBody }: RouteInput<typeof importTable>) {
    if (rawBody.byteLength === 0) throw new DomainError('IMPORT_EMPTY', 422, 'the file is empty');
    const source = bufferSource(rawBody);
    const zipped = rawBody.subarray(0, 2).toString('latin1') === 'PK';
    const rows: ImportRow[] = [];
    for await (const row of zipped ? readXlsxRows(source) : readCsvRows(source)) {
      if (rows.length >= MAX_ROWS)
        throw new DomainError('IMPORT_TOO_LARGE', 413, `more than ${MAX_ROWS} rows`, { maxRows: MAX_ROWS });
      rows.push(row);
    }
    return this.people.importTable(tx, rows, { apply: query.apply, actor: caller.actor });
  }

  @Route(bodiesOfIncident)
  async ofIncident(@Input() { tx, params }: RouteInput<typeof bodiesOfIncident>) {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    parameters.push(params.id);
    if ((await tx.one(`SELECT 1 FROM ${incidents} i WHERE i.id = $${parameters.length}`, parameters)) === undefined)
      throw new DomainError('INCIDENT_NOT_FOUND', 404, 'no such incident');
    const items = [];
    for (const order of await assignmentsVisible(tx, params.id)) {
      const [body] = await bodiesAt(tx, [order.bodyId], order.dispatchedAt);
      const people = await personsAt(tx, [order.bodyId], order.dispatchedAt);
      const nameOf = (wanted: string) => people.find((person) => person.role === wanted)?.name ?? null;
      items.push({
        assignmentId: order.id,
        bodyId: order.bodyId,
        name: body?.name ?? order.bodyId,
        at: order.dispatchedAt,
        head: nameOf('head'),
        spokesperson: nameOf('spokesperson'),
      });
    }
    return { items };
  }

  private async first(tx: RouteInput<typeof readBody>['tx']) {
    const [body] = await this.views.bodies(tx);
    return body === undefined ? undefined : this.views.detail(tx, body.id, await tx.now());
  }
}
