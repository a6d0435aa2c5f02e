import { z } from 'zod';
import { officeIso } from '#kernel/time.js';
import type { ItemDraft } from '../contract.js';
import { deidentify } from './deidentify.js';
import { type FieldFault, hotlineDraft } from './hotline-draft.js';
import { outsideChina, toWgs84 } from './coordinates.js';

/** An order as the Open311 door shows it; texts may still hold personal data, the mapping masks them. */
export interface ServiceOrder {
  /** The public alias of the order's number. */
  publicNumber: string;
  matter: { code: string; name: string; group: string; keywords: string[] };
  closed: boolean;
  result: string;
  content: string;
  bodyName: string;
  promise: string;
  receivedAt: Date;
  updatedAt: Date | null;
  dueAt: Date | null;
  place: string;
  areaCode: string;
  /** GCJ-02, as Chinese maps give it. */
  point: { latitude: number; longitude: number } | null;
  mediaUrl: string | null;
  /** What Open311 has no field for. */
  acknowledgedAt: Date | null;
  returns: number;
  supervised: boolean;
  satisfaction: string | null;
}

/** A request of Open311 GeoReport v2; null where we have nothing, as its clients expect. Fields `x_…` are extensions. */
export interface ServiceRequest {
  service_request_id: string;
  status: 'open' | 'closed';
  status_notes: string | null;
  service_name: string;
  service_code: string;
  description: string;
  agency_responsible: string | null;
  service_notice: string | null;
  requested_datetime: string;
  updated_datetime: string | null;
  expected_datetime: string | null;
  address: string | null;
  address_id: string | null;
  zipcode: null;
  lat: number | null;
  long: number | null;
  media_url: string | null;
  x_acknowledged_datetime: string | null;
  x_returns: number;
  x_supervised: boolean;
  x_satisfaction: string | null;
}

/** GeoReport v2 lets a server bound a query without ids: 90 days, 1 000 requests (domain 6.6, to be verified). */
export const OPEN311_LIMITS = { maxDays: 90, maxRequests: 1_000 };

const orNull = (text: string) => (text.trim() === '' ? null : text);
const masked = (text: string) => orNull(deidentify(text).text);

/** The public view of an order: description and notes masked, the place without house or room, coordinates in WGS-84 with three decimals (about 100 m). */
export function serviceRequestOf(order: ServiceOrder): ServiceRequest {
  const point = order.point === null || outsideChina(order.point) ? order.point : toWgs84(order.point);
  const coarse = (degrees: number) => Math.round(degrees * 1000) / 1000;
  const time = (instant: Date | null) => (instant === null ? null : officeIso(instant));
  return {
    service_request_id: order.publicNumber,
    status: order.closed ? 'closed' : 'open',
    status_notes: masked(order.result),
    service_name: order.matter.name,
    service_code: order.matter.code,
    description: deidentify(order.content).text,
    agency_responsible: orNull(order.bodyName),
    service_notice: orNull(order.promise),
    requested_datetime: officeIso(order.receivedAt),
    updated_datetime: time(order.updatedAt),
    expected_datetime: time(order.dueAt),
    address: masked(order.place),
    address_id: orNull(order.areaCode),
    zipcode: null,
    lat: point === null ? null : coarse(point.latitude),
    long: point === null ? null : coarse(point.longitude),
    media_url: order.mediaUrl,
    x_acknowledged_datetime: time(order.acknowledgedAt),
    x_returns: order.returns,
    x_supervised: order.supervised,
    x_satisfaction: order.satisfaction,
  };
}

/** An entry of the service list. */
export function serviceOf(matter: ServiceOrder['matter'], description: string) {
  return {
    service_code: matter.code,
    service_name: matter.name,
    description,
    metadata: false,
    type: 'realtime' as const,
    keywords: matter.keywords.join(','),
    group: matter.group,
  };
}

const optional = (max: number) => z.string().trim().max(max).default('');

/** What a client posts. Form bodies bring everything as text; other parameters of the standard are taken and not used. */
export const serviceRequestPost = z.object({
  service_code: z.string().trim().min(1).max(64),
  description: z.string().trim().min(1).max(4_000),
  address_string: optional(500),
  address_id: optional(64),
  lat: z.coerce.number().min(-90).max(90).optional(),
  long: z.coerce.number().min(-180).max(180).optional(),
  first_name: optional(100),
  last_name: optional(100),
  phone: optional(40),
  email: optional(200),
  media_url: optional(1_000),
});

/** A posted request as an item; the number comes later, so `token` is its identity. First name, last name, phone and e-mail never come back in a GET. */
export function draftOfServiceRequest(
  body: unknown,
  token: string,
  receivedAt: Date,
): ItemDraft | { fault: FieldFault } {
  const parsed = serviceRequestPost.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      fault: { field: issue?.path.join('.') ?? '', code: 'OPEN311_BAD_REQUEST', reason: issue?.message ?? 'invalid' },
    };
  }
  const {
    service_code,
    description,
    address_string,
    address_id,
    lat,
    long,
    first_name,
    last_name,
    phone,
    email,
    media_url,
  } = parsed.data;
  const more: Record<string, string> = Object.fromEntries(
    Object.entries({
      serviceCode: service_code,
      place: address_string,
      areaCode: address_id,
      point: lat === undefined || long === undefined ? '' : `${lat},${long}`,
      mediaUrl: media_url,
    }).filter(([, value]) => value !== ''),
  );
  const draft = hotlineDraft({
    number: '', occurredAt: receivedAt.toISOString(), title: '', content: description, channel: 'open311', requestType: '', spoken: false, area: '', matter: service_code,
    caller: { name: `${last_name}${first_name}`, phone }, more,
  }); // prettier-ignore
  if ('fault' in draft) return draft;
  const personal = [...(draft.personal ?? []), ...(email === '' ? [] : [{ kind: 'email', value: email }])];
  return { ...draft, identityKey: token, ...(personal.length === 0 ? {} : { personal }) };
}
