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

/** What is read of vitest's JSON report. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/**
 * Counts a vitest run by its JSON report. A test file that could not even be loaded has no tests in it and counts as one
 * failed, as does a run that left no report or ended badly without a failed test.
 */
export function countVitest(reportFile: string, isGood: boolean): Tally {
  const report = readReport(reportFile);
  if (!report) return countStep(false);
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + unloadable.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !isGood ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
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
