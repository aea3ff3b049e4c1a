import { describe, expect, test } from 'vitest';
import { agree, readSpoken, spoken, writeAnswered, writeSpoken } from './versions.ts';

describe('the contract’s version', () => {
  test('is read as it was written, by either side', () => {
    expect(readSpoken(writeSpoken({ version: 3, oldest: 2 }))).toEqual({ version: 3, oldest: 2 });
    expect(readSpoken(writeAnswered(2, { version: 5, oldest: 2 }))).toEqual({ version: 5, oldest: 2 });
  });

  test('of the first release is its number alone', () => {
    expect(readSpoken('1')).toEqual({ version: 1, oldest: 1 });
  });

  test('may carry what a later release adds', () => {
    expect(readSpoken('4;oldest=2 ; mood=fine;flag')).toEqual({ version: 4, oldest: 2 });
    expect(readSpoken('4; oldest=many')).toEqual({ version: 4, oldest: 4 });
  });

  test.each([undefined, null, '', 'one', '0', '-1', '1.5', '12345678', 'latest; oldest=1'])(
    'is unknown in %j',
    (header) => {
      expect(readSpoken(header)).toBeNull();
    },
  );

  test.each([
    [
      { version: 1, oldest: 1 },
      { version: 1, oldest: 1 },
      { kind: 'agreed', version: 1 },
    ],
    [
      { version: 3, oldest: 1 },
      { version: 2, oldest: 1 },
      { kind: 'agreed', version: 2 },
    ],
    [
      { version: 2, oldest: 1 },
      { version: 5, oldest: 2 },
      { kind: 'agreed', version: 2 },
    ],
    [{ version: 3, oldest: 2 }, { version: 1, oldest: 1 }, { kind: 'theyAreTooOld' }],
    [{ version: 1, oldest: 1 }, { version: 3, oldest: 2 }, { kind: 'weAreTooOld' }],
    [{ version: 2, oldest: 2 }, null, { kind: 'agreed', version: 2 }],
  ])('agreed on by %j and %j is %j, whoever asks', (ours, theirs, agreement) => {
    expect(agree(ours, theirs)).toEqual(agreement);
    if (theirs === null) return;
    const other = { agreed: 'agreed', theyAreTooOld: 'weAreTooOld', weAreTooOld: 'theyAreTooOld' }[agreement.kind];
    expect(agree(theirs, ours).kind).toBe(other);
  });

  test('that this build sends is one that it speaks itself', () => {
    expect(agree(spoken, readSpoken(writeSpoken(spoken)))).toEqual({ kind: 'agreed', version: spoken.version });
  });
});
