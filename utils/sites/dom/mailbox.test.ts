import { describe, expect, it } from 'vitest';
import { parseMailboxes, toMailbox } from './mailbox.ts';

describe('parseMailboxes', () => {
  it.each([
    ['Dana Ortiz <dana@a.example>', [['dana@a.example', 'Dana Ortiz']]],
    [
      '"Lind, Tomas" <tomas@a.example>, priya@a.example',
      [
        ['tomas@a.example', 'Lind, Tomas'],
        ['priya@a.example', null],
      ],
    ],
    [
      'a@a.example;b@a.example',
      [
        ['a@a.example', null],
        ['b@a.example', null],
      ],
    ],
    ['"A \\"B\\" C" <c@a.example>', [['c@a.example', 'A "B" C']]],
    ['dana@a.example <dana@a.example>', [['dana@a.example', null]]],
    ['nobody, , <>, Dana <not an address>', []],
    ['', []],
  ])('reads %j', (list, expected) =>
    expect(parseMailboxes(list).map((box) => [box.email, box.name])).toEqual(expected),
  );
});

describe('toMailbox', () => {
  it('keeps the address as it stood, and beside it the one form for comparing', () => {
    expect(toMailbox(' Dana@A.example ', 'Dana')).toEqual({
      email: 'Dana@A.example',
      address: 'dana@a.example',
      name: 'Dana',
    });
  });

  it('takes a mailto link without its subject', () =>
    expect(toMailbox('mailto:dana@a.example?subject=x', null)?.email).toBe('dana@a.example'));

  it('finds no name in the address written again', () =>
    expect(toMailbox('dana@a.example', 'Dana@A.example')?.name).toBeNull());

  it('takes direction marks and controls out of a name', () => {
    expect(toMailbox('dana@a.example', '\u202eOrtiz\u0007\n  Dana')?.name).toBe('Ortiz Dana');
  });
});
