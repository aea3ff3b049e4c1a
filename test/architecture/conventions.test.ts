import { describe, expect, it } from 'vitest';
import { isProductCode, listFiles, readSource } from './sources.ts';

const files = listFiles();
const product = files.filter(isProductCode);
/** Without the one whose samples break the rules on purpose. */
const tests = files.filter((file) => /\.test\.tsx?$/.test(file) && file !== 'test/architecture/lint.test.ts');

/** Lines of files that match, as `file:line text`. */
function findLines(among: readonly string[], pattern: RegExp): string[] {
  return among.flatMap((file) =>
    readSource(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );
}

describe('the conventions', () => {
  it('see the files of the project', () => {
    expect(product.length).toBeGreaterThan(100);
    expect(tests.length).toBeGreaterThan(10);
  });

  it('utils holds folders only', () => {
    expect(files.filter((file) => /^utils\/[^/]+$/.test(file) && file !== 'utils/README.md')).toEqual([]);
  });

  it('every interval of a rate comes from the one function; what is fitted alone has deviations of its own', () => {
    const makers = findLines(product, /\b1\.9[56]\d*/).map((line) => line.replace(/:.*/, ''));
    expect(makers).toContain('utils/scoring/wilson.ts');
    expect(makers.filter((file) => !/^utils\/scoring\/(wilson\.ts|refit\/)/.test(file))).toEqual([]);
  });

  it('no test is switched off or stands alone', () => {
    const switched =
      /\b(?:describe|it|test)(?:\.\w+)*\.(?:skip|skipIf|only|todo|fails)\b|\b(?:xit|xdescribe|fit|fdescribe)\(/;
    expect(findLines(tests, switched)).toEqual([]);
  });

  it('no file hands on what another exports', () => {
    expect(findLines(product, /^export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s*(?:as \w+\s+)?from\b/)).toEqual([]);
  });

  it('no name says nothing', () => {
    // The common language is a thing of the product.
    const empty = /(^|[/-])(helpers?|utilities|util|common(?!-language)|misc|manager|service)([/.-]|$)/i;
    expect(files.filter((file) => empty.test(file))).toEqual([]);
    expect(findLines(product, /^export .*\b\w+(Service|Manager|Helper|Util)s?\b/)).toEqual([]);
  });

  it('every exported function says what it means', () => {
    const undocumented = product.flatMap((file) => {
      const lines = readSource(file).split('\n');
      return lines.flatMap((line, index) => {
        const isExported = /^export (default )?(async )?(function|class)\b/.test(line);
        return isExported && !lines[index - 1]?.trimEnd().endsWith('*/') ? [`${file}:${index + 1} ${line}`] : [];
      });
    });
    expect(undocumented).toEqual([]);
  });

  it('the product needs nothing from the folder of the team', () => {
    expect(
      findLines(
        files.filter((file) => /\.(ts|tsx|mjs|json|css|html)$/.test(file) && !file.startsWith('test/architecture/')),
        /\.\.\/shared\//,
      ),
    ).toEqual([]);
  });

  it('no style or script comes from elsewhere', () => {
    const pages = files.filter((file) => /^(entrypoints|components|public)\/.*\.(html|css)$/.test(file));
    expect(findLines(pages, /(src|href)="https?:|@import\s+(url\()?["']?https?:|url\(["']?https?:/)).toEqual([]);
  });
});

describe('the words', () => {
  const words = JSON.parse(readSource('public/_locales/en/messages.json')) as Record<string, { message: string }>;
  const used = product.flatMap((file) =>
    [...readSource(file).matchAll(/\bword\(\s*'([^']+)'/g)].map((match) => match[1] ?? ''),
  );

  it('are there for every key that code asks for; those with @@ are the browser’s own', () => {
    expect([...new Set(used)].filter((key) => !key.startsWith('@@') && !(key in words))).toEqual([]);
  });

  it('are there for every key that the manifest asks for', () => {
    const asked = [...readSource('wxt.config.ts').matchAll(/__MSG_(\w+)__/g)].map((match) => match[1] ?? '');
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((key) => !(key in words))).toEqual([]);
  });

  it('stand in order and none is empty', () => {
    const keys = Object.keys(words);
    expect(keys).toEqual([...keys].sort());
    expect(keys.filter((key) => !words[key]?.message.trim())).toEqual([]);
  });
});
