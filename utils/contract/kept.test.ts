import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pullAnswerSchema, snapshotLineSchema } from './feed.ts';
import { kept } from './kept.ts';
import { bundlesAnswerSchema, ownPartSchema } from './packed.ts';

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** Where in a value objects stand that lose what they do not know. */
function listClosed(schema: Schema, path: string): string[] {
  const { type, properties, additionalProperties: more, items, anyOf, oneOf } = schema;
  return [
    ...(type === 'object' && properties && more === false ? [path] : []),
    ...Object.entries(properties ?? {}).flatMap(([name, each]) => listClosed(each, `${path}.${name}`)),
    ...(typeof more === 'object' ? listClosed(more, `${path}{}`) : []),
    ...(items ? listClosed(items, `${path}[]`) : []),
    ...[...(anyOf ?? []), ...(oneOf ?? [])].flatMap((each) => listClosed(each, path)),
  ];
}
const readClosed = (schema: z.ZodType): string[] => [
  ...new Set(listClosed(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Schema, '')),
];

/** What only carries: the answer itself, and how far the store has come with what this device did. It is read and not kept. */
const carriers = ['', '.device', '.device.rejected[]'];

describe('what a device keeps', () => {
  test.each([
    ['a pull', pullAnswerSchema],
    ['a line of a snapshot', snapshotLineSchema],
    ['bundles', bundlesAnswerSchema],
    ['the own part', ownPartSchema],
  ])('of %s lets through what only a newer store knows, however deep it stands', (_, schema) => {
    expect(readClosed(schema).filter((path) => !carriers.includes(path))).toEqual([]);
  });

  test('is looked at to the bottom', () => {
    const closed = z.object({ b: z.string() });
    const deep = kept({
      a: z.array(z.array(z.union([z.string(), closed]))),
      c: z.record(z.string(), closed.nullable()),
    });
    expect(readClosed(deep)).toEqual(['.a[][]', '.c{}']);
  });
});
