import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Cursor } from '#contract/feed.ts';
import { keepFile } from './kept-file.ts';
import { openNamelessFile } from './nameless-file.ts';

test('a file that is dropped is read to its end by whoever is at it, and by nobody who comes after', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'baton-kept-'));
  const file = await openNamelessFile(dir);
  const bytes = randomBytes(1_000_000);
  await file.write(bytes);
  const kept = keepFile({ cursor: '1.x' as Cursor, etag: '"x"', bytes: bytes.length }, file, 0);
  const [slow, gone] = [kept.stream(0, bytes.length).getReader(), kept.stream(0, bytes.length).getReader()];
  const parts = [(await slow.read()).value ?? new Uint8Array()];
  await gone.read();
  kept.drop();
  await gone.cancel();
  for (let next = await slow.read(); next.value; next = await slow.read()) parts.push(next.value);
  expect(parts.length).toBeGreaterThan(2);
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  await expect(new Response(kept.stream(0, 10)).arrayBuffer()).rejects.toThrow('dropped');
  await expect.poll(() => file.fd).toBe(-1);
  await rm(dir, { recursive: true });
});
