import { expect, test } from 'vitest';
import * as contract from '#contract/verdict.ts';
import { strongReasons, weakReasons } from './reasons.ts';

test('the chips offer each reason of the contract exactly once, under its own verdict', () => {
  expect([...weakReasons].sort()).toEqual([...contract.weakReasons].sort());
  expect([...strongReasons].sort()).toEqual([...contract.strongReasons].sort());
});
