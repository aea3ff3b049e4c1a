import pino from 'pino';
import { expect, test } from 'vitest';
import { describeFailure } from './failure.ts';
import { ProblemError } from './problem.ts';

const request = { log: pino({ level: 'silent' }), method: 'POST', path: '/v1/push' };
const withCode = (code: string) => Object.assign(new Error('broke'), { code });

test('a database that is away is told as trouble that passes, in every form it shows itself', () => {
  const shown = [
    withCode('57P01'),
    withCode('57P03'),
    withCode('08006'),
    withCode('26000'),
    withCode('42P05'),
    withCode('ECONNREFUSED'),
    withCode('EPIPE'),
    withCode('ERR_STREAM_DESTROYED'),
    new Error('Connection terminated unexpectedly'),
    new Error('Client has encountered a connection error and is not queryable'),
  ];
  for (const error of shown) {
    const { problem, headers } = describeFailure(error, request);
    expect([problem.status, headers?.['Retry-After']], String(error)).toEqual([503, '2']);
  }
});

test('a full disk and a crowded database are told by name, each with when to come back', () => {
  for (const [error, code, after] of [
    [withCode('53100'), 'disk-full', '30'],
    [withCode('ENOSPC'), 'disk-full', '30'],
    [withCode('53300'), 'no-connections', '3'],
    [new Error('timeout exceeded when trying to connect'), 'no-connections', '3'],
  ] as const) {
    const { problem, headers } = describeFailure(error, request);
    expect([problem.type, problem.status, headers['Retry-After']]).toEqual([`urn:baton:problem:${code}`, 503, after]);
  }
});

test('a character that no text of the database holds is the request’s own fault', () => {
  for (const code of ['22021', '22P05']) {
    const { problem } = describeFailure(withCode(code), request);
    expect([problem.type, problem.status], code).toEqual(['urn:baton:problem:invalid', 422]);
  }
  const half = Object.assign(new Error('invalid input syntax for type json'), { code: '22P02' });
  expect(describeFailure(half, request).problem.status).toBe(422);
  for (const code of ['22012', '22P02']) expect(describeFailure(withCode(code), request).problem.status).toBe(500);
});

test('a mistake of the store keeps its cause to itself', () => {
  const { problem } = describeFailure(new Error('secret path /var/x'), request);
  expect(problem.status).toBe(500);
  expect(JSON.stringify(problem)).not.toContain('secret');
});

test('a problem speaks for itself', () => {
  const problem = new ProblemError(409, 'gap', 'Send from 4 on.');
  expect(describeFailure(problem, request)).toBe(problem);
});
