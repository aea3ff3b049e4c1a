import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether node_modules holds what package-lock.json asks for.
 * npm notes what it installed in node_modules/.package-lock.json, and only once all of it is there.
 * @param {string} root folder of package.json
 * @returns {boolean}
 */
export function isInstalled(root) {
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
    if (path === '') return true;
    const found = present[path];
    return found ? found.version === version : Boolean(optional || peer);
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

/** @type {[RegExp, string][]} */
const causes = [
  [
    /ENOSPC|no space left/i,
    'The disk is full, so the packages could not be installed. Free about 1 GB and run this again.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|network/i,
    'npm could not reach its registry, so the packages could not be installed. Check the network (or `npm config get registry`) and run this again.',
  ],
  [
    /EUSAGE|in sync/,
    'package.json and package-lock.json do not agree, so the packages could not be installed. Run `npm install` once and look at what changed.',
  ],
  [/EACCES|EPERM/, 'The packages could not be written: this folder, or npm’s cache, belongs to another user.'],
  [
    /ENOENT|not found/,
    'npm was not found, so the packages could not be installed. Install Node with npm and run this again.',
  ],
];

/**
 * Why `npm ci` failed, as one sentence for a person.
 * @param {string} output what npm wrote on stderr
 * @returns {string}
 */
export function explainInstallFailure(output) {
  const cause = causes.find(([pattern]) => pattern.test(output));
  return cause?.[1] ?? 'The packages could not be installed: npm’s own words stand above.';
}
