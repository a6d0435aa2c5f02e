import path from 'node:path';
import { z } from 'zod';
import { readYaml } from '#platform/config/read-yaml.js';
import type { Transaction } from '#platform/database/database.js';
import { officeTime } from './rules/hotline-draft.js';
import { OPEN311_LIMITS, type ServiceOrder, type ServiceRequest, serviceRequestOf } from './rules/open311.js';

type Service = ServiceOrder['matter'];

const service = z.strictObject({
  code: z.string(),
  name: z.string(),
  group: z.string(),
  keywords: z.array(z.string()),
});
const file = z.strictObject({ services: z.array(service).min(1), other: service });

/** The services of a city, and which of them an order belongs to. */
export class ServiceCatalogue {
  private constructor(
    readonly services: Service[],
    private readonly other: Service,
  ) {}

  static load(configDir: string): ServiceCatalogue {
    const { services, other } = readYaml(path.join(configDir, 'open311-services.yaml'), file);
    return new ServiceCatalogue([...services, other], other);
  }

  find(code: string): Service | undefined {
    return this.services.find((candidate) => candidate.code === code);
  }

  of({ code, matter, text }: { code: string; matter: string; text: string }): Service {
    const named = this.find(code) ?? this.services.find((candidate) => candidate.name === matter);
    const told = (words: string) => this.services.find(({ keywords }) => keywords.some((word) => words.includes(word)));
    return named ?? told(matter) ?? told(text) ?? this.other;
  }
}

/** What a caller of the door asks for. */
export interface RequestFilter {
  ids?: string[];
  codes?: string[];
  status?: 'open' | 'closed';
  from: Date;
  to: Date;
}

interface OrderRow {
  id: string;
  title: string;
  body: string;
  raw: Record<string, string>;
  receivedAt: Date;
  triagedAt: Date | null;
  jurisdiction: string;
  occurredAt: Date | null;
}

const instantOf = (text: string | undefined): Date | null =>
  text === undefined || text === '' ? null : (officeTime(text) ?? null);

const pointOf = (text: string | undefined): ServiceOrder['point'] => {
  const [latitude, longitude] = (text ?? '').split(',').map(Number);
  return Number.isFinite(latitude) && Number.isFinite(longitude) && text !== ''
    ? { latitude: latitude!, longitude: longitude! }
    : null;
};

/** Orders of the hotline in the form of Open311; an order is named by the id of its item, never by its number. */
export class Open311Views {
  constructor(private readonly catalogue: ServiceCatalogue) {}

  async requests(tx: Transaction, filter: RequestFilter): Promise<ServiceRequest[]> {
    const parameters: unknown[] = [];
    const items = tx.visible('items', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const which =
      filter.ids === undefined
        ? `m.received_at >= ${bind(filter.from)} AND m.received_at < ${bind(filter.to)}`
        : `m.id = ANY(${bind(filter.ids)}::uuid[])`;
    const rows = await tx.query<OrderRow>(
      `SELECT m.id, m.title, m.body, m.raw, m.received_at AS "receivedAt", m.triaged_at AS "triagedAt", m.jurisdiction, m.occurred_at AS "occurredAt" FROM ${items} m
        WHERE m.kind IN ('call', 'message') AND m.revision = 1 AND ${which} ORDER BY m.received_at DESC, m.id LIMIT ${OPEN311_LIMITS.maxRequests}`,
      parameters,
    );
    return rows
      .map((row) => this.orderOf(row))
      .filter((order) => filter.codes === undefined || filter.codes.includes(order.matter.code))
      .filter((order) => filter.status === undefined || (filter.status === 'closed') === order.closed)
      .map(serviceRequestOf);
  }

  private orderOf({ raw, ...row }: OrderRow): ServiceOrder {
    const matter = this.catalogue.of({ code: raw['serviceCode'] ?? '', matter: raw['matter'] ?? '', text: row.body });
    const confidential = raw['confidential'] === '是';
    return {
      publicNumber: row.id,
      matter,
      closed: (raw['closedAt'] ?? '') !== '' || (raw['result'] ?? '') !== '',
      result: raw['result'] ?? '',
      content: confidential ? '（来电人要求保密）' : row.body,
      bodyName: raw['body'] ?? '',
      promise: '',
      receivedAt: row.occurredAt ?? row.receivedAt,
      updatedAt: instantOf(raw['closedAt']) ?? instantOf(raw['acknowledgedAt']) ?? row.triagedAt,
      dueAt: instantOf(raw['dueAt']),
      place: confidential ? '' : (raw['place'] ?? ''),
      areaCode: raw['areaCode'] ?? row.jurisdiction,
      point: confidential ? null : pointOf(raw['point']),
      mediaUrl: null,
      acknowledgedAt: instantOf(raw['acknowledgedAt']),
      returns: raw['returnedAt'] === undefined ? 0 : 1,
      supervised: false,
      satisfaction: raw['satisfaction'] ?? null,
    };
  }
}
