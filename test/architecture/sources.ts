import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of package.json, with a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every file of the project that git keeps or would keep, by its path from the root. */
export function listFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  return listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}

/** The text of a file. */
export function readSource(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** TypeScript that ships: no tests, no type declarations. */
export function isProductCode(file: string): boolean {
  return /^(utils|components|entrypoints|server|recognise)\/.*\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file);
}
