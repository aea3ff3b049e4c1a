import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { z } from 'zod';
import { listShapes } from './shapes.ts';
import { walkThrough } from './walk.ts';
import { createWorld, type World } from './world.ts';

/** What is written down of a release; see README.md. */
const number = process.env['CONTRACT'] ?? '';
const folder = new URL(`./frozen-${number}/`, import.meta.url);

const write = (name: string, value: unknown) => writeFileSync(new URL(name, folder), `${layOut(value, 2)}\n`);

/** JSON with so many levels laid out and the rest on one line each: to be compared, not read through. */
function layOut(value: unknown, levels: number, indent = ''): string {
  if (levels === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const inner = `${indent} `;
  const lines = Object.entries(value).map(
    ([key, each]) => `${inner}${JSON.stringify(key)}: ${layOut(each, levels - 1, inner)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** As a reader of that release takes it: fields it does not know are passed over, fields with a default may be missing. */
const describe = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
const describeAll = (schemas: Record<string, z.ZodType>) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, describe(schema)]));

/** Ids and secrets of this one run stand as names, so that they can be put in again for those of another. */
function nameIds(text: string, world: World): string {
  const secrets = /[0-9a-f-]{36}\.[A-Za-z0-9_-]{43}/g;
  const plain = text.replaceAll(world.start, '<cursor>').replaceAll(secrets, '<secret>');
  return Object.entries(world.ids).reduce((each, [name, id]) => each.replaceAll(id, `<${name}>`), plain);
}

test('freezes the contract as this commit speaks it', { timeout: 120_000 }, async () => {
  if (!/^\d+$/.test(number)) throw new Error('Say which version it is: CONTRACT=2 npm run freeze.');
  const { answers, requests, mutations } = listShapes();
  const world = await createWorld();
  try {
    const exchanges = await walkThrough(world);
    // Which requests are made at all is part of what a release speaks; what it was refused is not.
    const kept = [...exchanges].filter(([name, { status }]) => status < 300 && name !== 'readDocument');
    mkdirSync(folder, { recursive: true });
    write('about.json', { contract: Number(number), commit: commit(), at: new Date().toISOString().slice(0, 10) });
    write('schemas.json', {
      answers: describeAll(answers),
      requests: describeAll(requests),
      mutations: describeAll(mutations),
    });
    write('exchanges.json', JSON.parse(nameIds(JSON.stringify(Object.fromEntries(kept)), world)));
  } finally {
    await world.store.close();
  }
});

function commit(): string {
  return (
    process.env['CONTRACT_COMMIT'] ?? execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  );
}
