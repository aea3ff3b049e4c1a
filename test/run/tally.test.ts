import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { add, countTrials, describeTally, readVitest, replaceResults, sumUp } from './tally.ts';

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

const test = (status: string, fullName: string) => ({
  status,
  fullName,
  failureMessages: status === 'failed' ? ['expected 1\n to be 2\n    at somewhere:1:2'] : [],
});
const file = (name: string, ...tests: ReturnType<typeof test>[]) => ({
  name,
  status: tests.every(({ status }) => status !== 'failed') ? 'passed' : 'failed',
  assertionResults: tests,
});

describe('the tally', () => {
  it('counts the tests of a run, and says of those that failed which and why', () => {
    const testResults = [
      file('a.test.ts', test('passed', 'one'), test('pending', 'two')),
      file('b.test.ts', test('passed', 'three'), test('failed', 'four')),
    ];
    const results = readVitest(report({ testResults }), false);
    expect(sumUp(results)).toEqual({ passed: 2, failed: 1, skipped: 1 });
    expect(results.map(({ failures }) => failures)).toEqual([[], ['four: expected 1 to be 2']]);
  });

  it('tells the end of a long failure too, for there a property says what broke', () => {
    const message = `Error: Property failed ${'[1,2]'.repeat(1_000)}\n    at a.ts:1:2\nGot error: one is not two\n    at b.ts:3:4`;
    const failed = { ...test('failed', 'five'), failureMessages: [message] };
    const [{ failures: [told = ''] = [] } = {}] = readVitest(
      report({ testResults: [file('a.test.ts', failed)] }),
      false,
    );
    expect(told).toMatch(/^five: Error: Property failed .* Got error: one is not two$/);
    expect(told.length).toBeLessThan(2_100);
  });

  it('counts a file that could not be loaded as a failed test', () => {
    const testResults = [{ name: 'a.test.ts', status: 'failed', message: 'no such module', assertionResults: [] }];
    const results = readVitest(report({ testResults }), false);
    expect(sumUp(results).failed).toBe(1);
    expect(results[0]?.failures).toEqual(['a.test.ts: no such module']);
  });

  it('counts a file that failed as a whole though each of its tests passed', () => {
    const testResults = [{ ...file('a.test.ts', test('passed', 'one')), status: 'failed', message: 'afterAll' }];
    expect(sumUp(readVitest(report({ testResults }), false))).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('never calls a run good that ended badly', () => {
    const failedOf = (content: object | string, isGood: boolean) => sumUp(readVitest(report(content), isGood)).failed;
    expect(failedOf({ testResults: [] }, false)).toBe(1);
    expect(failedOf('{"testRes', true)).toBe(1);
    expect(sumUp(readVitest(join(folder, 'not-there.json'), true)).failed).toBe(1);
  });

  it('lets a second run of a file stand for the first, and nothing else', () => {
    const first = readVitest(
      report({
        testResults: [
          file('a.test.ts', test('failed', 'one'), test('passed', 'two')),
          file('b.test.ts', test('failed', 'three')),
          file('c.test.ts', test('passed', 'four')),
        ],
      }),
      false,
    );
    const again = [
      file('a.test.ts', test('passed', 'one'), test('passed', 'two')),
      file('b.test.ts', test('failed', 'three')),
    ];
    const all = replaceResults(first, readVitest(report({ testResults: again }), false));
    expect(sumUp(all)).toEqual({ passed: 3, failed: 1, skipped: 0 });
    const crashed = replaceResults(first, readVitest(join(folder, 'not-there.json'), false));
    expect(sumUp(crashed)).toEqual({ passed: 2, failed: 3, skipped: 0 });
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
