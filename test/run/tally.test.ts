import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { add, countTrials, countVitest, describeTally } from './tally.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-tally-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: object | string): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const counted = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0 };

describe('the tally', () => {
  it('counts the tests of a run', () => {
    expect(countVitest(report({ ...counted, testResults: [] }), true)).toEqual({ passed: 3, failed: 0, skipped: 1 });
  });

  it('counts a file that could not be loaded as a failed test', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(countVitest(report({ ...counted, testResults }), false).failed).toBe(1);
  });

  it('never calls a run good that ended badly', () => {
    expect(countVitest(report({ ...counted, testResults: [] }), false).failed).toBe(1);
    expect(countVitest(report('{"numPassed'), true).failed).toBe(1);
    expect(countVitest(join(folder, 'not-there.json'), true).failed).toBe(1);
  });

  it('fails a kind of trial that harmed a click, or that tried nothing', () => {
    const trial = { name: 'a', count: 5, lost: 0, doubled: 0, disordered: 0 };
    const print = (...trials: object[]) => JSON.stringify({ trials });
    expect(countTrials(print(trial, { ...trial, lost: 1 }), false)).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(countTrials(print({ ...trial, count: 0 }), true).failed).toBe(1);
    expect(countTrials(print({ ...trial, apart: 1 }), false).failed).toBe(1);
    expect(countTrials('', true).failed).toBe(1);
    expect(countTrials(print(trial), false).failed).toBe(1);
  });

  it('is one line in the end', () => {
    const sum = add({ passed: 1, failed: 0, skipped: 2 }, { passed: 4, failed: 1, skipped: 0 });
    expect(describeTally(sum)).toBe('5 passed, 1 failed, 2 skipped');
  });
});
