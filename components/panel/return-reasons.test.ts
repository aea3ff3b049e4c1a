import { expect, test } from 'vitest';
import { listReturnReasons, returnWaySchema } from '#contract/hand-over.ts';
import { returnReasons } from './return-reasons.ts';

test('the reasons that are shown are those of the contract', () => {
  expect(returnReasons.map(([way]) => way)).toEqual(returnWaySchema.options);
  for (const [way, reasons] of returnReasons) expect([...reasons].sort()).toEqual([...listReturnReasons(way)].sort());
});
