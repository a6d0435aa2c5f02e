import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { DomainError } from '#kernel/error.js';
import { sha256 } from '#kernel/hash.js';
import { officeYear } from '#kernel/time.js';
import { zipFile } from '#kernel/zip-file.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { nextNumber } from '#platform/numbers/number-series.js';
import { type Incident, Incidents } from '#triage/contract.js';
import { type CaseItem, CaseReader } from './case-reader.js';
import { type ProofLine, proofFiles, proofLines } from './case-file.js';
import { RESPONSE_EVENTS } from './events.js';
import { dispositionsOf } from './dispositions.store.js';
import { PersonalDataReader } from './statement-review.js';
import { statementsOf } from './statements.store.js';
import { findTransfer, insertTransfer, saveReceipt, type Transfer, type TransferReceipt } from './transfers.store.js';

/** What is handed over. Of matters: addresses, texts, hashes, times. Nothing says who wrote. */
export interface TransferManifest {
  number: string;
  addressee: string;
  reason: string;
  madeAt: string;
  incident: {
    number: string;
    title: string;
    category: string;
    jurisdiction: string;
    detectedAt: string;
    firstPublicAt: string | null;
  };
  items: {
    url: string | null;
    title: string;
    text: string;
    sourceName: string;
    channel: string;
    publishedAt: string | null;
    receivedAt: string;
    contentSha256: string;
  }[];
  statements: { number: string; title: string; text: string; publishedAt: string | null }[];
  evidence: ProofLine[];
  timeline: { at: string; event: string }[];
}

const MAX_ITEMS = 500;
const MAX_TIMELINE = 1_000;
/** Of the ledger only the course of the matter is handed over, not the work of the office on it. */
const COURSE =
  /^(incident\.(proposed|confirmed|itemsLinked|heatChanged|regraded)|evidence\.|statement\.(published|corrected)|conference\.held|disposition\.)/;
const RUMOUR = 'D6';

/** Hand-over packages to police and network regulator (D6, R14): frozen when they are made, hashed, with a receipt. */
@Injectable()
export class TransfersService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(CaseReader) private readonly cases: CaseReader,
    @Inject(PersonalDataReader) private readonly personal: PersonalDataReader,
  ) {}

  async make(
    tx: Transaction,
    decision: { incidentId: string; addressee: string; reason: string; actor: Actor },
  ): Promise<{ id: string; number: string; sha256: string }> {
    const incident = await this.incidents.lock(tx, decision.incidentId);
    const kinds = (await dispositionsOf(tx, incident.id)).map((row) => row.kind as string);
    if (!kinds.includes(RUMOUR))
      throw new DomainError(
        'DISPOSITION_NOT_DECIDED',
        409,
        'only an incident that is disposed of as false information is handed over (PB18 一(五))',
        { kind: RUMOUR, clause: 'PB18 一(五)' },
      );
    const now = await tx.now();
    const number = await nextNumber(tx, `${this.directory.city.numberPrefix}移〔${officeYear(now)}〕`);
    const { addressee, reason, actor } = decision;
    const manifest = await this.manifest(tx, incident, { number, addressee, reason, at: now });
    const content = JSON.stringify(manifest, null, 2);
    const digest = sha256(content);
    const id = await insertTransfer(tx, {
      incidentId: incident.id,
      number,
      addressee,
      reason,
      content,
      sha256: digest,
      madeAt: now,
      by: actor,
    });
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS.transferMade,
        at: now,
        actor,
        incidentId: incident.id,
        subjectId: id,
        reason,
        payload: { number, addressee, sha256: digest, items: manifest.items.length, drill: incident.drill },
      },
    ]);
    return { id, number, sha256: digest };
  }

  /** What the addressee answered: who there, under which number. It is recorded once. */
  async receive(
    tx: Transaction,
    decision: { transferId: string; receipt: TransferReceipt; receivedAt?: Date | undefined; actor: Actor },
  ): Promise<number> {
    const seen = await findTransfer(tx, decision.transferId);
    await this.incidents.lock(tx, seen.incidentId);
    const transfer = await findTransfer(tx, decision.transferId);
    const now = await tx.now();
    const receivedAt = decision.receivedAt ?? now;
    if (receivedAt > now || receivedAt < transfer.madeAt)
      throw new DomainError(
        'RECEIPT_TIME',
        422,
        'a receipt lies after the sending and not ahead (PB18 一(五))',
        { clause: 'PB18 一(五)' },
        'receivedAt',
      );
    const version = await saveReceipt(tx, transfer.id, { ...decision.receipt, receivedAt });
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS.transferReceived,
        at: now,
        actor: decision.actor,
        incidentId: transfer.incidentId,
        subjectId: transfer.id,
        payload: { number: transfer.number, ...decision.receipt, receivedAt: receivedAt.toISOString() },
      },
    ]);
    return version;
  }

  /** The package as an archive: the manifest as it was hashed, and the captured pages that it names. */
  async archive(tx: Transaction, id: string): Promise<{ transfer: Transfer; content: Buffer }> {
    const transfer = await findTransfer(tx, id);
    const manifest = JSON.parse(transfer.content) as TransferManifest;
    const files = await proofFiles(tx, manifest.evidence);
    const entries = [{ name: 'manifest.json', content: Buffer.from(transfer.content) }, ...files];
    return { transfer, content: zipFile(entries) };
  }

  private async manifest(
    tx: Transaction,
    incident: Incident,
    head: { number: string; addressee: string; reason: string; at: Date },
  ): Promise<TransferManifest> {
    const { at, ...named } = head;
    const events = await this.cases.timeline(tx, incident.id, MAX_TIMELINE);
    const statements = await statementsOf(tx, incident.id);
    return {
      ...named,
      madeAt: at.toISOString(),
      incident: {
        number: incident.number,
        title: this.masked(incident.title),
        category: incident.category,
        jurisdiction: incident.jurisdiction,
        detectedAt: incident.detectedAt.toISOString(),
        firstPublicAt: incident.firstPublicAt?.toISOString() ?? null,
      },
      items: (await this.cases.items(tx, incident.id, MAX_ITEMS)).map((item) => this.itemOf(item)),
      statements: statements
        .filter((statement) => statement.state === 'published' || statement.state === 'corrected')
        .map(({ number, title, body, publishedAt }) => ({
          number,
          title,
          text: body,
          publishedAt: publishedAt?.toISOString() ?? null,
        })),
      evidence: (await proofLines(tx, incident.id)).filter((line) => line.sha256 !== null),
      timeline: events
        .filter((event) => COURSE.test(event.type))
        .map((event) => ({ at: event.at.toISOString(), event: event.type })),
    };
  }

  private itemOf(item: CaseItem): TransferManifest['items'][number] {
    return {
      url: item.url,
      title: this.masked(item.title),
      text: this.masked(item.body),
      sourceName: item.sourceName,
      channel: item.channel,
      publishedAt: item.publishedAt?.toISOString() ?? null,
      receivedAt: item.receivedAt.toISOString(),
      contentSha256: item.contentSha256,
    };
  }

  /** What names a person is blacked out: the package is of a matter (design, section 1). */
  private masked(text: string): string {
    let out = '';
    let at = 0;
    for (const { start, end } of this.personal.find(text)) {
      if (start < at) continue;
      out += text.slice(at, start) + '█'.repeat(Math.min(end - start, 8));
      at = end;
    }
    return out + text.slice(at);
  }
}
