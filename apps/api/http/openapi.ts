import type { Type } from '@nestjs/common';
import { z } from 'zod';
import { fullPath, type RouteDefinition } from './route.js';
import { routesOf } from './route-list.js';

type Json = Record<string, unknown>;

const PROBLEM: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'Stable; never translated' },
    instance: { type: 'string', description: 'The id under which the log knows the call' },
    where: { type: 'string' },
    params: { type: 'object' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { where: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

/** The description of the interface (OpenAPI 3.1), from the same schemas that check requests and answers. */
export function buildOpenApi(controllers: readonly Type[]): Json {
  const components: Json = { Problem: PROBLEM };
  const paths: Record<string, Json> = {};
  for (const route of routesOf(controllers)) {
    const path = fullPath(route).replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, components) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Huiying',
      version: '1',
      description:
        'Lists take `limit` and an opaque `cursor`. Unsafe calls by session bring `X-CSRF-Token`; any unsafe call may bring an `Idempotency-Key`.',
    },
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-huiying_session' },
        token: { type: 'http', scheme: 'bearer' },
        signature: { type: 'apiKey', in: 'header', name: 'webhook-signature', description: 'Standard Webhooks' },
      },
    },
  };
}

function operationOf(route: RouteDefinition, components: Json): Json {
  const parameters = [
    ...propertiesOf(route.params, components).map((parameter) => ({ in: 'path', ...parameter, required: true })),
    ...propertiesOf(route.query, components).map((parameter) => ({ in: 'query', ...parameter })),
    ...(route.ifMatch === undefined ? [] : [header('If-Match', route.ifMatch === 'required')]),
    ...(route.method !== 'GET' && route.idempotent !== false ? [header('Idempotency-Key', false)] : []),
  ];
  const body =
    route.body === undefined
      ? undefined
      : { 'application/json': { schema: schemaOf(route.body, 'input', components) } };
  const files = Object.fromEntries((route.consumes ?? []).map((type) => [type, {}]));
  const security = [{ session: [] }, { token: [] }, ...(route.signed === true ? [{ signature: [] }] : [])];
  return {
    operationId: operationId(route),
    summary: route.summary,
    ...(route.permission === 'public' ? { security: [] } : { security, 'x-permission': route.permission }),
    'x-scope': route.scope,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined && route.consumes === undefined
      ? {}
      : { requestBody: { required: true, content: { ...body, ...files } } }),
    responses: {
      [String(route.status ?? 200)]: answerOf(route, components),
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function answerOf(route: RouteDefinition, components: Json): Json {
  if (route.status === 204) return { description: 'Done' };
  const schema = schemaOf(route.response, 'output', components);
  const types = route.produces ?? ['application/json'];
  const etag = route.ifMatch === undefined ? {} : { headers: { ETag: { schema: { type: 'string' } } } };
  return {
    description: route.summary,
    ...etag,
    content: Object.fromEntries(types.map((type) => [type, type === 'application/json' ? { schema } : {}])),
  };
}

const header = (name: string, required: boolean): Json => ({
  in: 'header',
  name,
  required,
  schema: { type: 'string' },
});

const operationId = (route: RouteDefinition): string =>
  [
    route.method.toLowerCase(),
    ...fullPath(route)
      .replace('/api/v1', '')
      .split(/[/:.-]+/),
  ]
    .filter((part) => part !== '')
    .map((part, index) => (index === 0 ? part : part[0]!.toUpperCase() + part.slice(1)))
    .join('');

/** JSON Schema of a zod schema. What has a name of its own goes to the components, once. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', cycles: 'ref', reused: 'inline' }) as Json;
  const { $defs, $schema: _dialect, ...rest } = made;
  for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
    const { id: _id, ...body } = definition;
    components[name] = relink(body);
  }
  const { id, ...body } = rest;
  if (typeof id !== 'string') return relink(body) as Json;
  components[id] = relink(body);
  return { $ref: `#/components/schemas/${id}` };
}

const relink = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(relink);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) =>
      key === '$ref' && typeof part === 'string'
        ? [key, part.replace('#/$defs/', '#/components/schemas/')]
        : [key, relink(part)],
    ),
  );
};

/**
 * The parameters of an object schema. They arrive as strings: where the schema says what becomes of one (a number, a
 * list), that is shown, else what is sent.
 */
function propertiesOf(schema: z.ZodType | undefined, components: Json): Json[] {
  if (schema === undefined) return [];
  const sent = schemaOf(schema, 'input', components);
  const meant = schemaOf(schema, 'output', components);
  const required = (sent['required'] ?? []) as string[];
  const meantProperties = (meant['properties'] ?? {}) as Record<string, Json>;
  return Object.entries((sent['properties'] ?? {}) as Record<string, Json>).map(([name, property]) => {
    const target = meantProperties[name] ?? {};
    const shown = Object.keys(target).some((key) => key !== 'default') ? target : property;
    return { name, required: required.includes(name), schema: shown };
  });
}
