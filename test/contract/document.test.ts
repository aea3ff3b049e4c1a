import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Context } from 'hono';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { usualBytes } from '../../server/limits/read-text.ts';
import { createDocument } from '../../server/openapi/document.ts';
import { operations } from '../../server/openapi/operations/registry.ts';
import { codeOf, isTold } from './is-told.ts';
import { walk, walkThrough } from './walk.ts';
import { createWorld, type Exchange, type World } from './world.ts';

/** What a route read of a request, and by which schema. */
interface Reading {
  route: string;
  part: 'body' | 'query' | `param ${string}`;
  schema: z.ZodType;
  mostBytes: number | null;
}
const readings: Reading[] = vi.hoisted(() => []);

vi.mock(import('../../server/routes/read-request.ts'), async (importOriginal) => {
  const real = await importOriginal();
  const routeOf = (context: Context) => `${context.req.method.toLowerCase()} ${context.req.routePath}`;
  return {
    readBody: (context, schema, mostBytes) => {
      readings.push({ route: routeOf(context), part: 'body', schema, mostBytes: mostBytes ?? null });
      return real.readBody(context, schema, mostBytes);
    },
    readQuery: (context, schema) => {
      readings.push({ route: routeOf(context), part: 'query', schema, mostBytes: null });
      return real.readQuery(context, schema);
    },
    readParam: (context, name, schema) => {
      readings.push({ route: routeOf(context), part: `param ${name}`, schema, mostBytes: null });
      return real.readParam(context, name, schema);
    },
  };
});

type Schema = Record<string, unknown>;
interface Described {
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

let world: World;
let exchanges: Map<string, Exchange>;
const document = createDocument(operations) as Record<string, unknown> & {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
};

beforeAll(async () => {
  world = await createWorld();
  exchanges = await walkThrough(world);
}, 120_000);
afterAll(() => world?.store.close());

/** The document with every object closed: an answer's field that it does not tell of is a fault. */
function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, close(value)]));
  const isObject = closed['type'] === 'object' && 'properties' in closed && !('additionalProperties' in closed);
  return isObject ? { ...closed, additionalProperties: false } : closed;
}

function createChecker() {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ $id: 'https://baton.example/', components: close(document.components) } as Schema);
  return (schema: Schema, answer: unknown): string[] => {
    const text = JSON.stringify(close(schema)).replaceAll('"#/components', '"https://baton.example/#/components');
    const check = ajv.compile(JSON.parse(text) as Schema);
    return check(answer)
      ? []
      : (check.errors ?? []).map((each) => `${each.instancePath} ${each.message} ${JSON.stringify(each.params)}`);
  };
}

/** The pages for people, and what middleware answers. */
const pages = new Set(['get /', 'get /join']);

describe('the document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  test('tells of every route there is, and of none that is not', () => {
    const routes = world.store.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method.toLowerCase()} ${path}`);
    const known = [...new Set(routes)].filter((each) => !pages.has(each));
    expect(known.toSorted()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  test('is served to anybody, whole', async () => {
    const response = await world.store.app.request('/v1/openapi.json');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test('names each operation once, and has no reference that leads nowhere', () => {
    const names = operations.map((each) => each.name);
    expect(new Set(names).size).toBe(names.length);
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      (each) => each[1],
    );
    expect(references.length).toBeGreaterThan(50);
    expect(references.filter((each) => !(String(each) in document.components.schemas))).toEqual([]);
  });

  test('is about what the walk asks, all of it', () => {
    expect(Object.keys(walk).toSorted()).toEqual(operations.map((each) => each.name).toSorted());
  });
});

describe.each(operations.map((each) => [each.name, each] as const))('%s', (name, operation) => {
  test('answers as the document says, and with nothing besides', () => {
    const exchange = exchanges.get(name);
    expect(exchange, name).toBeDefined();
    const { status, contentType, answer } = exchange as Exchange;
    expect(operation.answers, `${status}: ${JSON.stringify(answer)}`).toHaveProperty(String(status));
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}');
    const content = document.paths[path]?.[operation.method]?.responses[status]?.content;
    if (content === undefined) return expect(answer).toBeNull();
    const [media = '', { schema } = {}] = Object.entries(content)[0] ?? [];
    expect(contentType).toContain(media);
    if (schema === undefined) return;
    const check = createChecker();
    const answers = media === 'application/x-ndjson' ? (answer as unknown[]) : [answer];
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.flatMap((each) => check(schema, each))).toEqual([]);
  });

  test('reads by the very schemas and limits the document was made from', () => {
    const route = `${operation.method} ${operation.path}`;
    const own = readings.filter((each) => each.route === route);
    const parts = new Map(own.map((each) => [each.part, each]));
    const documented = new Map<string, z.ZodType>([
      ...(operation.body ? [['body', operation.body] as const] : []),
      ...(operation.query ? [['query', operation.query] as const] : []),
      ...Object.entries(operation.params ?? {}).map(([param, schema]) => [`param ${param}`, schema] as const),
    ]);
    expect([...parts.keys()].toSorted()).toEqual([...documented.keys()].toSorted());
    for (const [part, schema] of documented)
      expect(parts.get(part as Reading['part'])?.schema === schema, part).toBe(true);
    if (operation.body) expect(parts.get('body')?.mostBytes ?? usualBytes).toBe(operation.mostBytes ?? usualBytes);
  });

  test('is refused to whom the document does not name, and to nobody else', async () => {
    const { who } = operation;
    const method = operation.method.toUpperCase();
    const path = operation.path.replaceAll(/:\w+/g, '7b1d3a52-6f0e-4c86-9d0a-2f5d1c3e4b10');
    for (const role of Array.isArray(who) ? (['rep', 'marketer', 'admin'] as const) : []) {
      const { status, answer } = await world.call(role, method, path);
      expect(status === 403, role).toBe(!(who as readonly string[]).includes(role));
      expect(isTold(operation, status, answer), `${status} ${codeOf(answer)}`).toBe(true);
    }
    const isOpen = who === 'anyone';
    const { status, answer } = await world.call('anyone', method, path);
    expect(isTold(operation, status, answer), `${status} ${codeOf(answer)}`).toBe(true);
    if (isOpen) expect(status).not.toBe(401);
    else expect(status).toBe(401);
  });
});
