import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { insightListSchema } from '#contract/desk.ts';
import { spoken } from '#contract/versions.ts';
import { findWider } from './find-wider.ts';
import { listFrozen } from './frozen.ts';
import { listShapes } from './shapes.ts';

const write = (schema: z.ZodType | undefined, io: 'input' | 'output') =>
  z.toJSONSchema(schema ?? z.never(), { io, unrepresentable: 'any' });
const ours = listShapes();
/** What is answered to the questions that the first release knew, where newer ones are answered in another form. */
const answers: typeof ours.answers = { ...ours.answers, listInsights: insightListSchema };

/** What an older reader would refuse, and why it never gets it. */
const neverSaid: Record<string, readonly RegExp[]> = {
  // A condition and a side are told to whom asked for them.
  countReach: [/^\.(steps\[\]|remedy)\.condition: /],
  rollUpVerdicts: [/^\.by: /],
  // Told in older words: `server/older-answers.ts`.
  listImports: [/^\[\]\.(state|format): /],
  readImport: [/^\.(state|format): /],
  sendFile: [/^\.(state|format): /],
};
const listSaid = (name: string, wider: readonly string[]) =>
  wider.filter((each) => !neverSaid[name]?.some((pattern) => pattern.test(each)));

const released = listFrozen().filter(({ contract }) => contract >= spoken.oldest);

describe.each(released.map((each) => [each.contract, each.schemas] as const))('contract %i', (_, frozen) => {
  test.each(Object.keys(frozen.answers))('reads whatever this store may answer: %s', (name) => {
    expect(listSaid(name, findWider(write(answers[name], 'output'), frozen.answers[name]))).toEqual([]);
  });

  test.each(Object.keys(frozen.requests))('may ask whatever it could, and is understood: %s', (name) => {
    expect(findWider(frozen.requests[name], write(ours.requests[name], 'input'))).toEqual([]);
  });

  test.each(Object.keys(frozen.mutations))('has its mutations understood, and understands ours: %s', (kind) => {
    expect(findWider(frozen.mutations[kind], write(ours.mutations[kind], 'input'))).toEqual([]);
    expect(findWider(write(ours.mutations[kind], 'output'), frozen.mutations[kind])).toEqual([]);
  });
});

describe('what is wider is found', () => {
  const word = z.enum(['weak', 'strong']);
  test.each([
    ['a word more', z.enum(['weak', 'strong', 'lukewarm']), word, [': lukewarm']],
    ['any word', z.string(), word, [': any word']],
    ['a longer text', z.string().max(20), z.string().max(10), [': maxLength 20 instead of 10']],
    ['a text without end', z.string(), z.string().max(10), [': maxLength undefined instead of 10']],
    ['another kind of value', z.number(), z.string(), [': number']],
    ['nothing where something is read', z.string().nullable(), z.string(), [': null']],
    ['a field that may be missing', z.object({ a: word.optional() }), z.object({ a: word }), ['.a: missing']],
    [
      'a word in a list in a field',
      z.object({ a: z.array(z.enum(['x'])) }),
      z.object({ a: z.array(word) }),
      ['.a[]: x'],
    ],
    ['one form more', z.union([z.literal('weak'), z.int()]), word, [': integer']],
  ])('%s', (_, said, read, faults) => {
    expect(findWider(write(said, 'output'), write(read, 'input'))).toEqual(faults);
  });

  test('and what only adds is not', () => {
    const said = z.object({ a: z.enum(['weak']), b: z.int().max(5), more: z.string() });
    const read = z.object({ a: z.enum(['weak', 'strong']).nullable(), b: z.number(), later: z.string().optional() });
    expect(findWider(write(said, 'output'), write(read, 'input'))).toEqual([]);
  });
});
