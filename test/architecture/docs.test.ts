import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFiles, readSource, root } from './sources.ts';

const files = listFiles();
const pages = files.filter((file) => file.endsWith('.md'));

/** Every match of a pattern's first group in a text, each once, in order. */
const listFound = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map((each) => each[1] ?? ''))].toSorted();

/** What a heading is called in a link to it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** The links of a page that lead nowhere: to a file that is not there, or a heading that its page has not. */
function listBroken(page: string, text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
  return links.flatMap(([, path = '', anchor]) => {
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(root, target))) return [`${page}: ${path}`];
    const headings = anchor === undefined ? [] : listFound(readSource(target), /^#+ (.+)$/gm).map(anchorOf);
    return anchor === undefined || headings.includes(anchor) ? [] : [`${page}: ${path}#${anchor}`];
  });
}

describe('what is written for people', () => {
  test('has no link that leads nowhere', () => {
    expect(pages.length).toBeGreaterThan(60);
    expect(pages.flatMap((page) => listBroken(page, readSource(page)))).toEqual([]);
    expect(listBroken('README.md', '[a](docs/nothing.md) [b](ARCHITECTURE.md#nothing)')).toEqual([
      'README.md: docs/nothing.md',
      'README.md: ARCHITECTURE.md#nothing',
    ]);
  });

  test('names as variables of a store all that it reads, and no other', () => {
    const rows = listFound(readSource('README.md'), /^\| (`[A-Z_`, ]+`) \|/gm).join(' ');
    expect(listFound(rows, /`([A-Z_]+)`/g)).toEqual(listFound(readSource('server/env.ts'), /^ {2}([A-Z_]+):/gm));
  });

  test('names no command that there is not, and every command of a store', () => {
    const text = pages
      .filter((page) => !page.startsWith('docs/decisions/'))
      .map(readSource)
      .join('\n');
    const { scripts } = JSON.parse(readSource('package.json')) as { scripts: Record<string, string> };
    expect(listFound(text, /npm run (?:-s )?([a-z:]+)/g).filter((name) => !(name in scripts))).toEqual([]);
    const known = listFound(readSource('server/commands/registry.ts'), /^ {2}'?([a-z-]+)'?: \w+Command,$/gm);
    const named = listFound(text, /npm run (?:-s )?store -- ([a-z-]+)/g);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    expect(known.filter((name) => name !== 'serve' && !named.includes(name))).toEqual([]);
  });
});
