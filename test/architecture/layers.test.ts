import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Findings, findViolations } from './cruise.ts';
import { layerRuleSet, worldRuleSet } from './rules.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Per rule a file that breaks it: [rule, file, what the file says]. */
const broken: [string, string, string][] = [
  ['layer-1-looks-down', 'utils/platform/a.ts', "import type { X } from '../identity/x.ts';"],
  ['layer-2-looks-down', 'utils/scoring/a.ts', "import '../replica/x.ts';"],
  ['layer-3-looks-down', 'utils/outbox/a.ts', "import '../sync/x.ts';"],
  ['layer-4-looks-down', 'utils/view/a.ts', "import '../../components/panel/X.tsx';"],
  ['layer-5-looks-down', 'components/panel/A.tsx', "import '../../entrypoints/panel/x.ts'; export const a = <b>x</b>;"],
  ['imports-resolve', 'utils/view/b.ts', "import '#contract/not-there.ts';"],
  ['contract-knows-only-zod', 'utils/contract/a.ts', "import '../platform/x.ts';"],
  ['shared-logic-is-pure', 'utils/identity/a.ts', "import { createHash } from 'node:crypto'; createHash('md5');"],
  ['sites-stand-apart', 'utils/sites/gmail/a.ts', "import '../linkedin/x.ts';"],
  ['store-imports-shared-only', 'server/a.ts', "import type { X } from '../utils/view/x.ts';"],
  ['extension-never-imports-the-store', 'utils/sync/a.ts', "import type { X } from '../../server/x.ts';"],
  ['entrypoints-are-roots', 'utils/view/d.ts', "import type { X } from '../../entrypoints/panel/x.ts';"],
  ['entrypoints-stand-apart', 'entrypoints/options/a.ts', "import '../panel/x.ts';"],
  ['product-never-imports-tests', 'utils/view/c.ts', "import '../../test/x.ts';"],
  ['components-draw-props', 'components/desk/B.tsx', "import '../../utils/messaging/x.ts';"],
  ['migrations-stand-alone', 'server/db/migrations/a.ts', "import '../../x.ts';"],
  ['no-cycles', 'utils/replica/a.ts', "import './b.ts';"],
  ['page-script-holds-no-data', 'entrypoints/overlay/a.ts', "import '../../utils/messaging/leads-to-idb.ts';"],
  ['page-script-carries-no-schemas', 'entrypoints/reader-a.content.ts', "import '../utils/messaging/leads-to-zod.ts';"],
  ['background-draws-nothing', 'entrypoints/background/a.ts', "import '../../utils/view/leads-to-preact.ts';"],
  ['sql-stays-in-its-folders', 'server/routes/a.ts', "import { sql } from 'kysely'; sql``;"],
  ['store-packages-stay-on-the-store', 'utils/settings/a.ts', "import { parse } from 'tldts'; parse('');"],
  ['store-runs-without-dev-packages', 'server/b.ts', "import { parseHTML } from 'linkedom'; parseHTML('');"],
];

/** What the broken files lean on, and files that look alike and break nothing. */
const sound: Record<string, string> = {
  'utils/identity/x.ts': 'export type X = 1;',
  'utils/replica/x.ts': 'export type X = 1;',
  'utils/replica/b.ts': "import './a.ts';",
  'utils/sync/x.ts': 'export type X = 1;',
  'components/panel/X.tsx': 'export const x = <b>x</b>;',
  'entrypoints/panel/x.ts': 'export type X = 1;',
  'entrypoints/panel/main.ts': "import './x.ts';",
  'utils/platform/x.ts': 'export type X = 1;',
  'utils/sites/linkedin/x.ts': 'export type X = 1;',
  'utils/sites/dom/x.ts': 'export type X = 1;',
  'utils/sites/rules/x.ts': "import '../dom/x.ts';",
  'utils/sites/site.ts': 'export type X = 1;',
  'utils/view/x.ts': 'export type X = 1;',
  'server/x.ts': 'export type X = 1;',
  'test/x.ts': 'export type X = 1;',
  'utils/messaging/x.ts': 'export type X = 1;',
  'utils/messaging/leads-to-idb.ts': "import { openDB } from 'idb'; openDB('x');",
  'utils/messaging/leads-to-zod.ts': "import { schema } from '#contract/x.ts'; schema.parse(1);",
  'utils/view/leads-to-preact.ts': "import { h } from 'preact'; h('b', null);",
  'utils/contract/x.ts':
    "import { z } from 'zod'; export const schema = z.string(); export type X = z.infer<typeof schema>;",
  'entrypoints/overlay/types-only.ts': "import type { X } from '#contract/x.ts'; export const x: X = 'x';",
  'utils/sites/linkedin/read.ts': "import '../dom/x.ts'; import '../rules/x.ts'; import '../site.ts'; import './x.ts';",
  'server/store/query.ts':
    "import { sql } from 'kysely'; import type { X } from '#contract/x.ts'; sql``; export type Y = X;",
  'server/db/migrations/b.ts': "import { sql } from 'kysely'; sql``;",
};

let tree = '';
let findings: Findings;

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'baton-layers-'));
  cpSync(join(root, 'package.json'), join(tree, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  const files = [...Object.entries(sound), ...broken.map(([, file, text]): [string, string] => [file, text])];
  for (const [file, text] of files) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), `${text}\n`);
  }
  findings = await findViolations(tree);
}, 60_000);

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('the layer rules', () => {
  it.each(broken)('%s is broken by %s', (rule, file) => {
    expect(findings.violations.filter((found) => found.rule === rule).map(({ from }) => from)).toContain(file);
  });

  it('each have a file that breaks them', () => {
    const rules = [...layerRuleSet, ...worldRuleSet].map(({ name }) => name);
    expect(broken.map(([rule]) => rule).sort()).toEqual(rules.sort());
  });

  it('leave sound files alone', () => {
    const accused = new Set(findings.violations.map(({ from }) => from));
    expect(Object.keys(sound).filter((file) => accused.has(file) && file !== 'utils/replica/b.ts')).toEqual([]);
  });

  it('follow #contract to the file it names', () => {
    expect(findings.imports).toContain('entrypoints/overlay/types-only.ts -> utils/contract/x.ts');
  });
});
