import { z } from 'zod';
import { problemSchema } from '#contract/session.ts';
import { contractHeader } from '#contract/versions.ts';
import { usualBytes } from '../limits/read-text.ts';
import type { Operation } from './operation.ts';
import { listRefusals, writeWho } from './refusals.ts';
import { listNamedSchemas } from './schema-names.ts';

/** Any JSON of the document. */
type Json = Record<string, unknown>;

const about = `Everything the extension does goes through this API, and a program with a device's token may do the same.

**Signing in.** An invite's secret is exchanged for a device token, sent as \`Authorization: Bearer <token>\`. A device that is revoked is refused at once.

**Problems.** What cannot be done is answered by problem details (RFC 9457): \`type\` is \`urn:baton:problem:<code>\`, \`detail\` is a sentence for the person.

**Limits.** A device may ask often (the fields \`RateLimit\` and \`RateLimit-Policy\` tell how often); beyond that the answer is 429 with \`Retry-After\`. So is a 503.

**Doing it once.** A call that takes an \`Idempotency-Key\` and is sent again with the same key and body within 24 hours is answered as the first time, and nothing is done twice.

**Versions.** \`${contractHeader}\` names the newest version of this contract that the caller speaks, and the oldest it understands (\`2; oldest=1\`); the answer names the version it is written in. Answers gain fields from time to time: pass over what you do not know.`;

/** The description of this API in OpenAPI 3.1, made from the operations and the contract's schemas. The same for every store of this release. */
export function createDocument(operations: readonly Operation[]): Json {
  const answers = listNamedSchemas();
  const requests = new Map<string, Json>();
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of answers) registry.add(schema as z.ZodType, { id });
  const named = z.toJSONSchema(registry, {
    ...options,
    io: 'output',
    uri: (id) => `#/components/schemas/${id}`,
  }).schemas;
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: describe(operation, registry, requests) };
  }
  const schemas = Object.fromEntries(Object.entries(named).map(([id, schema]) => [id, tidy(schema as Json)]));
  return {
    openapi: '3.1.0',
    info: { title: 'Baton', version: '1', description: about },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map((each) => each.group))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...schemas, ...Object.fromEntries(requests) },
      securitySchemes: {
        device: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token of a device, from `POST /v1/invites/accept`.',
        },
        ticket: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`Ticket <ticket>`, from `POST /v1/imports`.',
        },
      },
    },
  };
}

const options = {
  target: 'draft-2020-12',
  unrepresentable: 'any',
  override: ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => {
    // The format says it; the pattern is zod's own, a screen long.
    if (jsonSchema.format === 'uuid' || jsonSchema.format === 'date-time' || jsonSchema.format === 'date')
      delete jsonSchema.pattern;
    // Answers gain fields; who takes the document by its word must not refuse them.
    if (jsonSchema.additionalProperties === false || isEmpty(jsonSchema.additionalProperties))
      delete jsonSchema.additionalProperties;
  },
} as const;

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function tidy({ $schema: _, $id: __, ...schema }: Json): Json {
  return schema;
}

function describe(
  operation: Operation,
  registry: z.core.$ZodRegistry<{ id: string }>,
  requests: Map<string, Json>,
): Json {
  const { name, summary, group, who, body, upload } = operation;
  const parameters = listParameters(operation);
  return {
    operationId: name,
    summary,
    description: [operation.about, writeWho(who)].filter(Boolean).join('\n\n'),
    tags: [group],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: describeBody(operation, body, requests) }),
    ...(upload === undefined ? {} : { requestBody: { required: true, content: { [upload]: {} } } }),
    security: who === 'anyone' ? [] : [{ [who === 'ticket' ? 'ticket' : 'device']: [] }],
    responses: { ...describeAnswers(operation, registry), ...describeRefusals(operation) },
  };
}

function describeBody(operation: Operation, body: z.ZodType, requests: Map<string, Json>): Json {
  const name = `${operation.name[0]?.toUpperCase()}${operation.name.slice(1)}Request`;
  requests.set(name, tidy(z.toJSONSchema(body, { ...options, io: 'input' }) as Json));
  const kilobytes = Math.round((operation.mostBytes ?? usualBytes) / 1024);
  return {
    required: true,
    description: `At most ${kilobytes} kB.`,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
  };
}

function listParameters({ params = {}, query, isKeyed, path }: Operation): Json[] {
  const inPath = Object.entries(params).map(([name, schema]) => ({
    name,
    in: 'path',
    required: true,
    schema: inline(schema),
  }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !(schema as z.ZodType).safeParse(undefined).success,
    // A list is written with commas.
    style: 'form',
    explode: false,
    schema: inline(schema as z.ZodType),
  }));
  const headers = [
    ...(isKeyed
      ? [header('Idempotency-Key', 'Any text of up to 255 characters, new for each intent.', { maxLength: 255 })]
      : []),
    ...(path.startsWith('/v1/')
      ? [header(contractHeader, 'The newest version the caller speaks, and the oldest: `1; oldest=1`.', {})]
      : []),
  ];
  return [...inPath, ...inQuery, ...headers];
}

function header(name: string, description: string, schema: Json): Json {
  return { name, in: 'header', required: false, description, schema: { type: 'string', ...schema } };
}

/** A schema without references: of a parameter. */
function inline(schema: z.ZodType): Json {
  return tidy(z.toJSONSchema(schema, { ...options, io: 'output' }) as Json);
}

function describeAnswers(operation: Operation, registry: z.core.$ZodRegistry<{ id: string }>): Json {
  const answers = Object.entries(operation.answers).map(([status, { what, schema, media }]) => {
    const content =
      schema === undefined && media === undefined
        ? {}
        : { content: { [media ?? 'application/json']: schemaOf(schema, registry) } };
    return [status, { description: what, ...content }];
  });
  return Object.fromEntries(answers);
}

function schemaOf(schema: z.ZodType | undefined, registry: z.core.$ZodRegistry<{ id: string }>): Json {
  if (schema === undefined) return {};
  const id = registry.get(schema)?.id;
  if (id !== undefined) return { schema: { $ref: `#/components/schemas/${id}` } };
  const element = schema instanceof z.ZodArray ? registry.get(schema.element)?.id : undefined;
  if (element !== undefined) return { schema: { type: 'array', items: { $ref: `#/components/schemas/${element}` } } };
  return { schema: inline(schema) };
}

function describeRefusals(operation: Operation): Json {
  const byStatus = Map.groupBy(listRefusals(operation), ([status]) => status);
  const problem = { 'application/problem+json': { schema: { $ref: `#/components/schemas/${nameOf(problemSchema)}` } } };
  return Object.fromEntries(
    [...byStatus].map(([status, refusals]) => {
      const description = refusals.map(([, code, when]) => `\`${code}\`: ${when}`).join('\n\n');
      const retry =
        status === 429 || status === 503
          ? { headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds.' } } }
          : {};
      return [status, { description, ...retry, content: problem }];
    }),
  );
}

function nameOf(schema: z.ZodType): string {
  return listNamedSchemas().get(schema) ?? '';
}
