import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { FirstReportsService } from '#response/first-reports.service.js';
import { created } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instantInput } from '../http/schemas.js';

const fileReport = defineRoute({
  method: 'POST',
  path: '/incidents/:id/first-reports',
  summary:
    'File the first report to Party committee and government (NT19 Art.19), with its text, also of a telephone call',
  permission: 'firstReport.file',
  scope: 'case',
  params: idParams,
  body: z.strictObject({
    channel: z.enum(['telephone', 'fax', 'document', 'system']),
    recipients: z
      .array(
        z.strictObject({
          office: z.string().trim().min(1).max(120),
          person: z.string().trim().min(1).max(60).optional(),
        }),
      )
      .min(1)
      .max(20),
    text: z.string().trim().min(1).max(5_000),
    sentAt: instantInput().optional(),
  }),
  response: z.object({ id: id() }),
  status: 201,
});
const receipt = defineRoute({
  method: 'POST',
  path: '/first-reports/:id/receipt',
  summary: 'Record the named person of the duty office who took the report; stops its clock',
  permission: 'firstReport.receive',
  scope: 'case',
  params: idParams,
  body: z.strictObject({ receivedBy: z.string().trim().min(1).max(120), receivedAt: instantInput().optional() }),
  response: z.object({ id: id() }),
});

@Controller()
export class FirstReportsController {
  constructor(private readonly reports: FirstReportsService) {}

  @Route(fileReport)
  async file(@Input() { tx, caller, params, body }: RouteInput<typeof fileReport>) {
    const made = await this.reports.file(tx, { incidentId: params.id, actor: caller.actor, ...body });
    return created(`/incidents/${params.id}`, { id: made });
  }

  @Route(receipt)
  async receive(@Input() { tx, caller, params, body }: RouteInput<typeof receipt>) {
    await this.reports.receive(tx, { reportId: params.id, actor: caller.actor, ...body });
    return { id: params.id };
  }
}
