import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Directory } from '#directory/directory.js';
import { IncidentPaperViews } from '#reporting/incident-paper.views.js';
import { flashDocument, specialDocument } from '#reporting/tables/incident-papers.js';
import type { ReportDocument } from '#reporting/tables/report-table.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { idParams } from '../http/schemas.js';
import { delivered, FORMATS, PRODUCED } from './delivered.js';
import { documentOut, documentSchema } from './documents.controller.js';
import { officeName } from './office-name.js';

const paper = <const Path extends string>(path: Path, summary: string) =>
  defineRoute({
    method: 'GET',
    path,
    summary,
    permission: 'report.read',
    scope: 'case',
    params: idParams,
    query: z.strictObject({ format: z.enum(FORMATS).default('json') }),
    response: documentSchema,
    produces: PRODUCED,
  });
const flash = paper(
  '/incidents/:id/flash',
  '舆情快报: one incident as it stands, with spread, measures, clocks and links',
);
const special = paper(
  '/incidents/:id/special-report',
  '舆情专报: conclusion, course, spread, views, outlook and suggestions by body',
);

type Asked = Pick<RouteInput<typeof flash>, 'caller' | 'query'>;

/** Papers on one incident. They are made from what is recorded, and change nothing. */
@Controller()
export class IncidentPapersController {
  constructor(
    private readonly papers: IncidentPaperViews,
    private readonly directory: Directory,
  ) {}

  @Route(flash)
  async flash(@Input() { tx, caller, params, query }: RouteInput<typeof flash>) {
    const read = await this.papers.read(tx, params.id);
    const { jurisdiction } = read.incident;
    const place = this.directory.city.jurisdictions.get(jurisdiction)?.name ?? jurisdiction;
    return this.answer(flashDocument(read, await tx.now(), place), { caller, query });
  }

  @Route(special)
  async special(@Input() { tx, caller, params, query }: RouteInput<typeof special>) {
    const read = await this.papers.read(tx, params.id);
    return this.answer(specialDocument(read, await tx.now()), { caller, query });
  }

  private async answer(document: ReportDocument, { caller, query }: Asked) {
    if (query.format === 'json') return documentOut(document);
    const office = officeName(this.directory.city);
    return delivered(document, query.format, { office, by: caller.displayName, portrait: true });
  }
}
