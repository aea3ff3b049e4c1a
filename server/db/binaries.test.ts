import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyBinaries, findBinaries } from './binaries.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-binaries-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('PostgreSQL’s programs', () => {
  test('run from their packages where their user can reach them', async () => {
    const { initdb } = await findBinaries(null);
    expect(initdb).toContain('node_modules');
  });

  test('run from a copy too, made once', async () => {
    const found = await findBinaries(null);
    const copy = copyBinaries(found, join(folder, 'shared'));
    expect(copy.initdb).not.toContain('node_modules');
    expect(execFileSync(copy.initdb, ['--version'], { encoding: 'utf8' })).toContain('PostgreSQL');
    const again = copyBinaries(found, join(folder, 'shared'));
    expect(again).toEqual(copy);
  });
});
