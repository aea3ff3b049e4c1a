import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './sources.ts';

const long = (lines: number) =>
  Array.from({ length: lines }, (_, index) => `export const n${index} = ${index};`).join('\n');

/** House rules that Biome checks, each with a file that breaks it: [rule, file, text]. */
const broken: [string, string, string][] = [
  ['noExcessiveLinesPerFile', 'utils/view/long.ts', long(301)],
  ['noConsole', 'server/chatty.ts', "console.log('x');"],
  ['noDefaultExport', 'utils/view/default.ts', 'export default 1;'],
  ['noEnum', 'utils/view/enum.ts', 'export enum Kind { One }'],
  ['noParameterProperties', 'utils/view/parameter.ts', 'export class A { constructor(readonly b: number) {} }'],
  ['noExplicitAny', 'utils/view/any.ts', 'export const a = (b: any) => b;'],
  ['noSkippedTests', 'utils/view/skipped.test.ts', "it.skip('x', () => undefined);"],
  ['noFocusedTests', 'utils/view/focused.test.ts', "it.only('x', () => undefined);"],
  ['noBarrelFile', 'utils/view/index.ts', "export * from './one.ts';"],
  ['useFilenamingConvention', 'utils/view/camelCase.ts', 'export const a = 1;'],
  ['useImportExtensions', 'utils/view/no-extension.ts', "import { a } from './one'; export const b = a;"],
  ['noRestrictedGlobals', 'components/panel/Fetching.tsx', "export const load = () => fetch('/x');"],
  ['noRestrictedGlobals', 'components/desk/Asking.tsx', 'export const id = () => browser.runtime.id;'],
  [
    'noFloatingPromises',
    'utils/sync/floating.ts',
    'const work = async (): Promise<number> => 1; export const start = () => { work(); };',
  ],
  [
    'noDangerouslySetInnerHtml',
    'components/panel/Raw.tsx',
    'export const A = ({ html }: { html: string }) => <b dangerouslySetInnerHTML={{ __html: html }} />;',
  ],
  [
    'noEmptyBlockStatements',
    'utils/sync/swallow.ts',
    'export const swallow = () => { try { JSON.parse(""); } catch {} };',
  ],
];

/** Files that the same rules must leave alone. */
const sound: Record<string, string> = {
  'utils/view/one.ts': 'export const a = 1;',
  'utils/contract/long.ts': long(301),
  'entrypoints/desk/main.ts': "export const load = () => fetch('/x');",
};

let tree = '';
let accused: Set<string>;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'baton-lint-'));
  for (const file of ['biome.json', 'package.json', '.gitignore']) cpSync(join(root, file), join(tree, file));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  const written = [...Object.entries(sound), ...broken.map(([, file, text]): [string, string] => [file, text])];
  for (const [file, text] of written) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), `${text}\n`);
  }
  accused = lint(tree);
}, 60_000);

afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** Every finding as `rule file`. */
function lint(folder: string): Set<string> {
  const program = join(root, 'node_modules', '.bin', 'biome');
  const options = {
    cwd: folder,
    encoding: 'utf8' as const,
    stdio: ['ignore', 'pipe', 'ignore'] as ('ignore' | 'pipe')[],
  };
  let output: string;
  try {
    output = execFileSync(program, ['lint', '--reporter=json', '--max-diagnostics=none', '.'], options);
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const { diagnostics } = JSON.parse(output) as { diagnostics: { category: string; location: { path: string } }[] };
  return new Set(diagnostics.map(({ category, location }) => `${category.split('/').at(-1)} ${location.path}`));
}

describe('the lint rules', () => {
  it.each(broken)('%s is broken by %s', (rule, file) => {
    expect([...accused]).toContain(`${rule} ${file}`);
  });

  it('leave sound files alone', () => {
    expect([...accused].filter((finding) => Object.keys(sound).some((file) => finding.endsWith(` ${file}`)))).toEqual(
      [],
    );
  });
});
