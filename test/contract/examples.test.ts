import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueInvite } from '../../server/auth/invites.ts';
import { closeServer, type Listening, takePort } from '../../server/listen.ts';
import { createTestStore, seedAccount, type TestStore } from '../postgres/store.ts';

const run = promisify(execFile);
const text = await readFile(new URL('../../docs/API.md', import.meta.url), 'utf8');

/** An example: what to run, under which heading, and the answer it shows, if it shows one. */
interface Example {
  heading: string;
  script: string;
  shown: unknown;
}

function listExamples(): Example[] {
  const blocks = [...text.matchAll(/^## (.+)$|^```sh\n([\s\S]*?)^```\n(?:```json\n([\s\S]*?)^```)?/gm)];
  let heading = 'The beginning';
  return blocks.flatMap(([, title, script, json]) => {
    heading = title ?? heading;
    return script === undefined
      ? []
      : [{ heading, script, shown: json === undefined ? null : (JSON.parse(json) as unknown) }];
  });
}
const examples = listExamples();
const mark = '-- end of an example --';

let store: TestStore;
let listening: Listening;
let work = '';
let printed: string[] = [];

beforeAll(async () => {
  const found = await run('curl', ['--version']).catch(() => null);
  if (found === null)
    throw new Error('The examples of docs/API.md are run with curl, which is not on this machine: install it.');
  store = await createTestStore();
  const workspaceId = await store.addWorkspace();
  await seedAccount(store, workspaceId);
  const invite = { role: 'marketer' as const, address: 'maren@larkspur.example', team: null };
  const { link } = await issueInvite(store.deps, null, workspaceId, invite);
  listening = await takePort('127.0.0.1', 0);
  listening.serve(store.app);
  work = await mkdtemp(join(tmpdir(), 'baton-examples-'));
  const script = `set -eu\n${examples.map((each) => `${each.script}\necho; echo '${mark}'`).join('\n')}`;
  const env = {
    ...process.env,
    STORE: `http://127.0.0.1:${listening.port}`,
    SECRET: new URL(link).hash.slice(1),
    WORK: work,
  };
  const { stdout } = await run('sh', ['-c', script], { env, timeout: 60_000 }).catch((error: unknown) => {
    const { stdout: before, stderr } = error as { stdout: string; stderr: string };
    const at = examples[before.split(mark).length - 1];
    throw new Error(
      `An example under "${at?.heading}" failed:\n${at?.script}\nIt said:\n${before.split(mark).at(-1)}\n${stderr}`,
    );
  });
  printed = stdout.split(mark).map((each) => each.trim());
}, 90_000);
afterAll(async () => {
  await store?.close();
  if (listening) await closeServer(listening.server, 1000);
  if (work) await rm(work, { recursive: true, force: true });
});

/** The fields of a value, with the kinds of what is in them; lists are told by their first. An ellipsis stands for any text. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
}

describe('the examples of docs/API.md', () => {
  test('are there, and all of them ran', () => {
    expect(examples.length).toBeGreaterThan(10);
    expect(printed).toHaveLength(examples.length + 1);
  });

  test.each(examples.flatMap((each, index) => (each.shown === null ? [] : [[each.heading, index, each] as const])))(
    'under "%s" (%i) answer in the shape they show',
    (_, index, example) => {
      const answer = JSON.parse(printed[index] ?? '') as unknown;
      // What a list holds may differ from store to store; that it is a list may not.
      expect(shapeOf(answer)).toMatchObject(emptyLists(shapeOf(example.shown)) as object);
      expect(Object.keys(answer as object).toSorted()).toEqual(Object.keys(example.shown as object).toSorted());
    },
  );

  test('tell the limits as they are', async () => {
    const { deviceAllowance, strangerAllowance } = await import('../../server/limits/rate-limits.ts');
    const { mostUploadBytes } = await import('../../server/sources/upload.ts');
    const { previewBytes, pushBytes, usualBytes } = await import('../../server/limits/read-text.ts');
    const megabytes = (bytes: number) => `${bytes / 1024 / 1024} MB`;
    expect(text).toContain(`${deviceAllowance.burst} calls at once and ${deviceAllowance.perSecond} a second`);
    expect(text).toContain(`${strangerAllowance.burst} at once and one in two seconds`);
    expect(strangerAllowance.perSecond).toBe(0.5);
    expect(text).toContain(
      `${usualBytes / 1024} kB, a push ${megabytes(pushBytes)}, a preview of a file ${previewBytes / 1024} kB, an import's file ${megabytes(mostUploadBytes)}`,
    );
  });
});

function emptyLists(shape: unknown): unknown {
  if (Array.isArray(shape)) return expect.any(Array);
  if (typeof shape !== 'object' || shape === null) return shape;
  return Object.fromEntries(Object.entries(shape).map(([key, each]) => [key, emptyLists(each)]));
}
