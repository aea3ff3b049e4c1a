/** One step of the whole test run. */
export interface Step {
  /** What a person may name to run only this one. */
  name: string;
  title: string;
  /** Programs one after the other, each with its arguments; `node` is the Node that Baton brings along. */
  commands: string[][];
  /** How its results are counted: a step is one test, a vitest run or a run of trials is as many as it holds. */
  counts: 'step' | 'vitest' | 'trials';
  /**
   * Stories in a real browser, which hang on a machine's pace: the few files that failed are run once more, and what holds then counts as passed
   * and is named at the end, to be looked into.
   */
  isRunTwice?: true;
  /** Steps without which this one says nothing; when one of them failed, this one is skipped and counted so. */
  needs: string[];
}

const vitest = (project: string) => [['vitest', 'run', `--project=${project}`]];
/** A test file for each processor at once: each has what it works on to itself. */
const atOnce = (project: string) => vitest(project).map((command) => [...command, '--maxWorkers=100%']);

/** All steps in their order: cheap ones first, so that a slip shows within seconds. */
export const steps: readonly Step[] = [
  {
    name: 'lint',
    title: 'format and lint',
    commands: [['biome', 'ci', '--colors=off', '--diagnostic-level=error', '.']],
    counts: 'step',
    needs: [],
  },
  { name: 'types', title: 'types', commands: [['tsc', '--noEmit']], counts: 'step', needs: [] },
  {
    name: 'layers',
    title: 'layers',
    commands: [['node', 'test/architecture/check-layers.ts']],
    counts: 'step',
    needs: [],
  },
  {
    name: 'unit',
    title: 'unit tests',
    commands: atOnce('unit'),
    counts: 'vitest',
    needs: [],
  },
  {
    name: 'store',
    title: 'the store on PostgreSQL',
    commands: atOnce('store'),
    counts: 'vitest',
    needs: [],
  },
  {
    name: 'build',
    title: 'build for Chrome and Firefox',
    commands: [['node', 'setup/build.ts']],
    counts: 'step',
    needs: [],
  },
  { name: 'built', title: 'what was built', commands: vitest('build'), counts: 'vitest', needs: ['build'] },
  { name: 'browsers', title: 'browsers', commands: [['node', 'test/browsers/main.ts']], counts: 'step', needs: [] },
  {
    name: 'recognise',
    title: 'what the readers see in a browser',
    commands: vitest('recognise'),
    counts: 'vitest',
    needs: ['browsers'],
  },
  {
    name: 'chromium',
    title: 'end to end in Chromium',
    commands: vitest('chromium'),
    counts: 'vitest',
    isRunTwice: true,
    needs: ['build', 'browsers'],
  },
  {
    name: 'firefox',
    title: 'end to end in Firefox',
    commands: vitest('firefox'),
    counts: 'vitest',
    isRunTwice: true,
    needs: ['build', 'browsers'],
  },
  {
    name: 'trials',
    title: 'fault trials, a few of each',
    commands: [['node', 'test/trials/main.ts', '--json', '--count', '3']],
    counts: 'trials',
    needs: ['build', 'browsers'],
  },
];
