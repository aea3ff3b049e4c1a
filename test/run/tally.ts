import { readFileSync } from 'node:fs';
import { isHarmed, type TrialResult } from '../trials/trial.ts';

/** Results counted. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The sum of two tallies. */
export function add(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** The line that ends the whole run. */
export function describeTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** A step that is one test. */
export function countStep(isGood: boolean): Tally {
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0 };
}

/** What came of one test file, or of a whole step that has no files. */
export interface Result {
  /** Its path; null: not one file, but the run itself. */
  file: string | null;
  tally: Tally;
  /** A line for each test that failed: which one, and the beginning of why. */
  failures: string[];
}

/** The sum over all results. */
export function sumUp(results: readonly Result[]): Tally {
  return results.map(({ tally }) => tally).reduce(add, { passed: 0, failed: 0, skipped: 0 });
}

/** Results in which the files of a second run stand in the place of what they came to in the first. */
export function replaceResults(first: readonly Result[], second: readonly Result[]): Result[] {
  const again = new Set(second.map(({ file }) => file));
  return [...first.filter(({ file }) => file === null || !again.has(file)), ...second];
}

/** What is read of vitest's JSON report. */
interface Report {
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[];
  }[];
}

/**
 * Reads the results of a vitest run from its JSON report. A test file that could not even be loaded has no tests in it and counts as one
 * failed, as does a run that left no report or ended badly without a failed test.
 */
export function readVitest(reportFile: string, isGood: boolean): Result[] {
  const report = readReport(reportFile);
  if (!report) return [failedRun('It left no report.')];
  const results = report.testResults.map(readFileResult);
  const isExplained = isGood || sumUp(results).failed > 0;
  return isExplained ? results : [...results, failedRun('It ended badly, though no test failed.')];
}

function readFileResult({ name, status, message, assertionResults }: Report['testResults'][number]): Result {
  const countOf = (wanted: string) => assertionResults.filter((test) => test.status === wanted).length;
  const [passed, failed] = [countOf('passed'), countOf('failed')];
  const failures = assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => describeFailure(test.fullName, test.failureMessages?.[0]));
  const isUnexplained = status === 'failed' && failed === 0;
  if (isUnexplained) failures.push(describeFailure(name, message));
  const skipped = assertionResults.length - passed - failed;
  return { file: name, tally: { passed, failed: failed + (isUnexplained ? 1 : 0), skipped }, failures };
}

/** How much is told of a failure: a property names its example first and what broke at its end. */
const [headLength, tailLength] = [600, 1_400];

function describeFailure(name: string, message = ''): string {
  const words = message.replace(/\n\s+at [^\n]*/g, '').replace(/\s+/g, ' ');
  const isLong = words.length > headLength + tailLength;
  return `${name}: ${isLong ? `${words.slice(0, headLength)} … ${words.slice(-tailLength)}` : words}`;
}

function failedRun(why: string): Result {
  return { file: null, tally: countStep(false), failures: [why] };
}

function readReport(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return null;
  }
}

/** Counts trials by what they printed: each kind is one test, failed when anything was lost, doubled, out of order or apart. */
export function countTrials(output: string, isGood: boolean): Tally {
  let trials: TrialResult[];
  try {
    trials = (JSON.parse(output) as { trials: TrialResult[] }).trials;
  } catch {
    return countStep(false);
  }
  const failed = trials.filter((trial) => trial.count === 0 || isHarmed(trial));
  const tally = { passed: trials.length - failed.length, failed: failed.length, skipped: 0 };
  return !isGood && tally.failed === 0 ? add(tally, countStep(false)) : tally;
}
