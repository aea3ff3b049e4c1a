import { expect, test } from 'vitest';
import { redact } from './log.ts';

test('nothing that names a person or opens a door is logged', () => {
  const facts = {
    why: 'no answer from dana@brightforge.example',
    token: 'abc',
    nested: { authorization: 'Bearer x', list: [`k ${'x'.repeat(43)}`] },
    error: new Error('sam@larkspur.example is unknown'),
    count: 3,
  };
  expect(redact(facts)).toEqual({
    why: 'no answer from [address]',
    token: '[hidden]',
    nested: { authorization: '[hidden]', list: ['k [secret]'] },
    error: 'Error: [address] is unknown',
    count: 3,
  });
});
