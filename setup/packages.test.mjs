import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainInstallFailure, isInstalled } from './packages.mjs';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'baton-packages-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path, content) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

function writeInstall(wanted, present) {
  write('package-lock.json', { packages: { '': {}, ...wanted } });
  write('node_modules/.package-lock.json', { packages: present });
  write('node_modules/node/bin/node', '');
  write('node_modules/node/bin/node.exe', '');
}

describe('isInstalled', () => {
  it('holds when every package of the lock is there in its version', () => {
    writeInstall({ 'node_modules/a': { version: '1.0.0' } }, { 'node_modules/a': { version: '1.0.0' } });
    expect(isInstalled(root)).toBe(true);
  });

  it('does not miss an optional package of another system', () => {
    writeInstall({ 'node_modules/b': { version: '1.0.0', optional: true } }, {});
    expect(isInstalled(root)).toBe(true);
  });

  it('fails when a package is missing or of another version', () => {
    writeInstall({ 'node_modules/a': { version: '2.0.0' } }, { 'node_modules/a': { version: '1.0.0' } });
    expect(isInstalled(root)).toBe(false);
    writeInstall({ 'node_modules/c': { version: '2.0.0' } }, {});
    expect(isInstalled(root)).toBe(false);
  });

  it('fails on an installation that was broken off, which leaves no note of what is there', () => {
    writeInstall({}, {});
    rmSync(join(root, 'node_modules/.package-lock.json'));
    expect(isInstalled(root)).toBe(false);
  });

  it('fails while the Node that is brought along is not there', () => {
    writeInstall({}, {});
    rmSync(join(root, 'node_modules/node'), { recursive: true });
    expect(isInstalled(root)).toBe(false);
  });
});

describe('explainInstallFailure', () => {
  it.each([
    ['npm error code ENOSPC', /disk is full/],
    ['npm error code ENOTFOUND', /reach its registry/],
    ['npm error code EUSAGE', /do not agree/],
    ['npm error code EACCES', /another user/],
    ['npm error something else', /npm’s own words/],
  ])('of %s is a sentence', (output, sentence) => {
    expect(explainInstallFailure(output)).toMatch(sentence);
  });
});
