import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../../server/openapi/operations/registry.ts';
import { isTold } from './is-told.ts';
import { walkThrough } from './walk.ts';
import { createWorld, type Exchange, type World } from './world.ts';

let world: World;
let exchanges: Map<string, Exchange>;

beforeAll(async () => {
  world = await createWorld();
  exchanges = await walkThrough(world);
}, 120_000);
afterAll(() => world?.store.close());

/** Texts that nobody means: too long, of a character that no text of PostgreSQL holds, half a character, markup with a script, Markdown that runs, text that turns around. */
const texts: Record<string, string> = {
  '50,000 characters': 'x'.repeat(50_000),
  'a zero': 'a\0b',
  'half a character': 'a\ud800b',
  'hostile words': '\u202egnorw\u202c <img src=x onerror=alert(1)> [win](javascript:alert(2)) \u2066**now**\u2069',
  nothing: '',
};

/** Every place in a request where a text stands, as the request with another one there. */
function* withText(value: unknown, text: string, path = ''): Generator<{ path: string; value: unknown }> {
  if (typeof value === 'string') yield { path, value: text };
  else if (Array.isArray(value))
    for (const [at, each] of value.entries())
      for (const { path: below, value: next } of withText(each, text, `${path}.${at}`))
        yield { path: below, value: value.with(at, next) };
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value))
      for (const { path: below, value: next } of withText(each, text, `${path}.${key}`))
        yield { path: below, value: { ...value, [key]: next } };
}

/** The number after the last that the store knows of the rep's browser. */
let next = 1;
/** Of a push the mutation that the path is in, under a number that the store does not know yet, so that it is looked at; anything else as it is. */
function anew(value: unknown, path: string): unknown {
  const { mutations } = value as { mutations?: readonly object[] };
  const at = Number(/^\.mutations\.(\d+)/.exec(path)?.[1]);
  return mutations === undefined || Number.isNaN(at) ? value : { mutations: [{ ...mutations[at], sequence: next }] };
}

const written = operations.filter(({ body }) => body !== undefined);

test.each(written.map(({ name }) => name))(
  'whatever text stands in a field, %s answers what is wrong and does not break',
  async (name) => {
    const operation = operations.find((each) => each.name === name);
    const made = exchanges.get(name);
    if (!operation || !made || typeof made.request !== 'object' || made.request === null) return;
    const wrong: string[] = [];
    for (const [what, text] of Object.entries(texts))
      for (const { path, value } of withText(made.request, text)) {
        const { status, answer } = await world.call(made.who, made.method, made.path, anew(value, path));
        const { lastSequence } = (answer ?? {}) as { lastSequence?: number };
        if (lastSequence !== undefined) next = lastSequence + 1;
        const place = `${name}${path} with ${what}: ${status} ${JSON.stringify(answer)?.slice(0, 200)}`;
        // A push is answered mutation by mutation; a file's beginning may be any text.
        const mayHold = name === 'pushMutations' || path === '.head';
        if (
          status >= 500 ||
          !isTold(operation, status, answer) ||
          (status < 400 && what === '50,000 characters' && !mayHold)
        )
          wrong.push(place);
      }
    expect(wrong).toEqual([]);
  },
);

test.each(operations.filter(({ query }) => query !== undefined).map(({ name }) => name))(
  'whatever is asked for in the query of %s',
  async (name) => {
    const operation = operations.find((each) => each.name === name);
    const made = exchanges.get(name);
    if (!made || !operation?.query) return;
    const [path] = made.path.split('?');
    const wrong: string[] = [];
    for (const key of Object.keys(operation.query.shape))
      for (const [what, text] of Object.entries(texts)) {
        const query = new URLSearchParams(made.path.split('?')[1]);
        query.set(key, text.slice(0, 5000));
        const { status, answer } = await world.call(
          made.who,
          made.method,
          `${path}?${query}`,
          made.request ?? undefined,
        );
        if (status >= 500 || !isTold(operation, status, answer))
          wrong.push(`${name}?${key} with ${what}: ${status} ${JSON.stringify(answer)?.slice(0, 200)}`);
      }
    expect(wrong).toEqual([]);
  },
);
