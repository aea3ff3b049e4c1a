import { expect, test } from 'vitest';
import { operations } from '../../server/openapi/operations/registry.ts';
import { listRefusals } from '../../server/openapi/refusals.ts';
import { isProductCode, listFiles, readSource } from '../architecture/sources.ts';

/** Every refusal that stands in the store's code, as `404 not-found`. */
function listThrown(): Set<string> {
  const texts = listFiles()
    .filter((file) => /^server\/(?!openapi\/)/.test(file) && isProductCode(file))
    .map(readSource);
  const thrown = texts.flatMap((text) =>
    [...text.matchAll(/ProblemError\(\s*(\d{3}),\s*([^,]*),/g)].flatMap(([, status, code = '']) =>
      [...code.matchAll(/'([a-z-]+)'/g)].map((each) => `${status} ${each[1]}`),
    ),
  );
  const ofTokens = texts.flatMap((text) =>
    [...text.matchAll(/refuse\(\s*'(token-[a-z]+)'/g)].map((each) => `401 ${each[1]}`),
  );
  return new Set([...thrown, ...ofTokens]);
}

test('whatever the store refuses with is in its document, and nothing else is', () => {
  // Of a path and method that there is, it is never said that there is none.
  const thrown = [...listThrown()].filter((each) => each !== '405 method');
  const told = new Set(operations.flatMap(listRefusals).map(([status, code]) => `${status} ${code}`));
  expect(thrown.length).toBeGreaterThan(60);
  expect(thrown.toSorted()).toEqual([...told].toSorted());
});
