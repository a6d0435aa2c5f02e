import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireOnCase } from '#accounts/contract.js';
import { Directory } from '#directory/directory.js';
import { printTransferSheet } from '#reporting/print/transfer-sheet.js';
import { ArchiveService } from '#response/archive.service.js';
import { type TransferManifest, TransfersService } from '#response/transfers.service.js';
import { findTransfer, transfersOf } from '#response/transfers.store.js';
import { Incidents } from '#triage/contract.js';
import { created, Download } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, instantInput } from '../http/schemas.js';
import { officeName } from '../reports/office-name.js';
import { printed } from '../reports/printed.js';

const words = (most: number) => z.string().trim().min(1).max(most);

const transferSchema = z
  .object({
    id: id(),
    number: z.string(),
    addressee: z.string(),
    reason: z.string(),
    sha256: z.string(),
    madeByName: z.string(),
    madeAt: instant(),
    receipt: z
      .object({ result: z.enum(['accepted', 'noIllegality']), reference: z.string(), by: z.string(), note: z.string() })
      .nullable(),
    receivedAt: instant().nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Transfer' });

const make = defineRoute({
  method: 'POST',
  path: '/incidents/:id/transfers',
  summary: 'Make the package that hands suspected illegality over to police or network regulator (D6)',
  permission: 'disposition.decide',
  scope: 'case',
  params: idParams,
  body: z.strictObject({ addressee: words(120), reason: words(1_000) }),
  response: z.object({ id: id(), number: z.string(), sha256: z.string() }),
  status: 201,
});
const list = defineRoute({
  method: 'GET',
  path: '/incidents/:id/transfers',
  summary: 'Hand-overs of an incident',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z.object({ items: z.array(transferSchema) }),
});
const receipt = defineRoute({
  method: 'POST',
  path: '/transfers/:id/receipt',
  summary: 'Record what the addressee answered: its receipt, or that no illegality was found',
  permission: 'disposition.decide',
  scope: 'case',
  params: idParams,
  body: z.strictObject({
    result: z.enum(['accepted', 'noIllegality']),
    reference: words(120),
    by: words(120),
    note: z.string().trim().max(1_000).default(''),
    receivedAt: instantInput().optional(),
  }),
  response: z.object({ id: id(), version: z.number().int() }),
});
const archived = {
  method: 'GET',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z.string(),
  produces: ['application/zip'] as string[],
} as const;
const packageOf = defineRoute({
  ...archived,
  path: '/transfers/:id/package',
  summary: 'The package as ZIP: the manifest as it was hashed, and the captured pages',
});
const sheet = defineRoute({
  method: 'GET',
  path: '/transfers/:id/sheet',
  summary: '移送函 with the list of what is handed over, on A4',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  query: z.strictObject({ format: z.enum(['print']).default('print') }),
  response: z.string(),
  produces: ['text/html'],
});
const archive = defineRoute({
  ...archived,
  path: '/incidents/:id/archive',
  summary: 'The file of a case that was struck off (一件一档): manifest, hashes, every proof',
});

/** Packages that leave the office, and the archive of a closed case. */
@Controller()
export class TransfersController {
  constructor(
    private readonly transfers: TransfersService,
    private readonly archives: ArchiveService,
    private readonly incidents: Incidents,
    private readonly directory: Directory,
  ) {}

  @Route(make)
  async make(@Input() { tx, caller, params, body }: RouteInput<typeof make>) {
    const { jurisdiction, leadBodyId } = await this.incidents.lock(tx, params.id);
    requireOnCase(caller, 'disposition.decide', { jurisdiction, bodyId: leadBodyId });
    const made = await this.transfers.make(tx, { incidentId: params.id, actor: caller.actor, ...body });
    return created(`/transfers/${made.id}`, made);
  }

  @Route(list)
  async list(@Input() { tx, params }: RouteInput<typeof list>) {
    await this.incidents.lock(tx, params.id);
    return { items: await transfersOf(tx, params.id) };
  }

  @Route(receipt)
  async receive(@Input() { tx, caller, params, body }: RouteInput<typeof receipt>) {
    const { incidentId } = await findTransfer(tx, params.id);
    const { jurisdiction, leadBodyId } = await this.incidents.lock(tx, incidentId);
    requireOnCase(caller, 'disposition.decide', { jurisdiction, bodyId: leadBodyId });
    const { receivedAt, ...answer } = body;
    const decision = { transferId: params.id, receipt: answer, receivedAt, actor: caller.actor };
    return { id: params.id, version: await this.transfers.receive(tx, decision) };
  }

  @Route(packageOf)
  async package(@Input() { tx, params }: RouteInput<typeof packageOf>) {
    const { transfer, content } = await this.transfers.archive(tx, params.id);
    return zipped(`移送材料 ${transfer.number}.zip`, content);
  }

  @Route(sheet)
  async sheet(@Input() { tx, caller, params }: RouteInput<typeof sheet>) {
    const transfer = await findTransfer(tx, params.id);
    const manifest = JSON.parse(transfer.content) as TransferManifest;
    const office = officeName(this.directory.city);
    const frame = { office, asOf: await tx.now(), by: caller.displayName };
    return printed(`移送函 ${transfer.number}`, printTransferSheet({ ...transfer, manifest }, frame));
  }

  @Route(archive)
  async archive(@Input() { tx, params }: RouteInput<typeof archive>) {
    const { number } = await this.incidents.lock(tx, params.id);
    const { content } = await this.archives.download(tx, params.id);
    return zipped(`案卷 ${number}.zip`, content);
  }
}

const zipped = (fileName: string, content: Buffer): Download =>
  new Download({ fileName, contentType: 'application/zip', content }, { 'x-content-type-options': 'nosniff' });
