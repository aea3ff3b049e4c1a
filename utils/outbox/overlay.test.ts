import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OwnHandOver } from '#contract/hand-over.ts';
import type {
  AccountId,
  ContactId,
  HandOverAnswerId,
  HandOverId,
  OutcomeId,
  TalkingPointId,
  VerdictId,
} from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import type { OutboxRow, RowState } from './database.ts';
import { layHandOvers, layOutcome, layVerdict } from './overlay.ts';

const contactId = randomUUID() as ContactId;
const accountId = randomUUID() as AccountId;
const pointId = randomUUID() as TalkingPointId;
const savedAt = '2026-11-20T10:00:00.000Z';

function rowsOf(mutations: Mutation[], state: RowState = 'waiting'): OutboxRow[] {
  return mutations.map((mutation, index) => ({
    sequence: index + 1,
    kind: mutation.kind,
    body: mutation.body,
    savedAt,
    state,
    settledAt: null,
    rejection: null,
    label: null,
    detail: null,
  }));
}

const record = (verdictId: VerdictId, value: 'weak' | 'strong'): Mutation => ({
  kind: 'recordVerdict',
  body: { verdictId, contactId, value, shown: null },
});
const base = (verdictId: VerdictId, undone = false) => ({
  verdictId,
  contactId,
  value: 'weak' as const,
  reason: null,
  at: savedAt,
  undone,
});

describe('a verdict', () => {
  const [one, two] = [randomUUID() as VerdictId, randomUUID() as VerdictId];

  test('stands as soon as it waits, replaces the one before, and goes when it is undone', () => {
    expect(layVerdict(null, contactId, rowsOf([record(one, 'weak')]), 0)).toMatchObject({ value: 'weak' });
    expect(layVerdict(base(one), contactId, rowsOf([record(two, 'strong')]), 0)).toMatchObject({ verdictId: two });
    const undone = rowsOf([record(two, 'strong'), { kind: 'undoVerdict', body: { verdictId: two } }]);
    expect(layVerdict(base(one), contactId, undone, 0)).toBeNull();
  });

  test('of the replica that was undone there is none', () => {
    expect(layVerdict(base(one, true), contactId, [], 0)).toBeNull();
  });

  test('is only as sent as its least sent part', () => {
    const [verdict, reason] = rowsOf([
      record(one, 'weak'),
      { kind: 'setVerdictReason', body: { verdictId: one, reason: 'bad_timing' } },
    ]) as [OutboxRow, OutboxRow];
    expect(layVerdict(null, contactId, [{ ...verdict, state: 'sent' }, reason], 0)).toMatchObject({
      delivery: 'saved',
      reason: 'bad_timing',
    });
    expect(layVerdict(null, contactId, [verdict, reason], 2)).toMatchObject({ delivery: 'sending' });
  });

  test('of somebody else is not touched', () => {
    const other = rowsOf([
      {
        kind: 'recordVerdict',
        body: { verdictId: two, contactId: randomUUID() as ContactId, value: 'weak', shown: null },
      },
      { kind: 'undoVerdict', body: { verdictId: two } },
    ]);
    expect(layVerdict(base(one), contactId, other, 0)).toMatchObject({ verdictId: one });
  });

  test('laid over a replica that holds it already is the same', () => {
    const clicks = fc.array(fc.constantFrom('weak', 'strong', 'undo', 'bad_timing', 'no_need'), { maxLength: 12 });
    fc.assert(
      fc.property(clicks, (said) => {
        let current: VerdictId | null = null;
        const mutations = said.flatMap((each): Mutation[] => {
          if (each === 'weak' || each === 'strong') {
            current = randomUUID() as VerdictId;
            return [record(current, each)];
          }
          if (current === null) return [];
          if (each === 'undo') return [{ kind: 'undoVerdict', body: { verdictId: current } }];
          return [{ kind: 'setVerdictReason', body: { verdictId: current, reason: each as 'bad_timing' } }];
        });
        const rows = rowsOf(mutations, 'sent');
        const once = layVerdict(null, contactId, rows, 0);
        const held = once && { ...once, contactId, undone: false };
        expect(layVerdict(held, contactId, rows, 0)).toEqual(once);
      }),
    );
  });
});

describe('an outcome', () => {
  const [used, told] = [randomUUID() as OutcomeId, randomUUID() as OutcomeId];
  const say = (outcomeId: OutcomeId, outcome: 'copied' | 'landed' | 'fell_flat'): Mutation => ({
    kind: 'recordOutcome',
    body: { outcomeId, talkingPointId: pointId, accountId, contactId: null, outcome },
  });

  test('stands over the replica once it waits, and names what can be undone', () => {
    const rows = rowsOf([say(used, 'copied'), say(told, 'landed')]);
    expect(layOutcome(null, pointId, accountId, rows, 0)).toEqual({
      usedAt: savedAt,
      outcome: 'landed',
      outcomeId: told,
    });
  });

  test('that the replica covers is the replica’s, yet can still be undone', () => {
    const rows = rowsOf([say(used, 'copied'), say(told, 'landed')], 'sent');
    const covered = { talkingPointId: pointId, accountId, usedAt: savedAt, outcome: 'landed' as const };
    expect(layOutcome(covered, pointId, accountId, rows, 2)).toMatchObject({ outcome: 'landed', outcomeId: told });
    const undone = rowsOf([
      say(used, 'copied'),
      say(told, 'landed'),
      { kind: 'undoOutcome', body: { outcomeId: told } },
    ]);
    expect(layOutcome(covered, pointId, accountId, undone, 2)).toEqual({
      usedAt: savedAt,
      outcome: null,
      outcomeId: used,
    });
  });

  test('at another account says nothing here', () => {
    const rows = rowsOf([say(told, 'landed')]);
    expect(layOutcome(null, pointId, randomUUID() as AccountId, rows, 0)).toEqual({
      usedAt: null,
      outcome: null,
      outcomeId: null,
    });
  });
});

describe('a hand-over', () => {
  const [first, second] = [randomUUID() as HandOverAnswerId, randomUUID() as HandOverAnswerId];
  const handOverId = randomUUID() as HandOverId;
  const offered: OwnHandOver = {
    id: handOverId,
    contactId,
    accountId,
    name: null,
    account: null,
    grade: 'A2',
    cause: 'grade',
    by: null,
    note: null,
    state: 'offered',
    offeredAt: savedAt,
    dueAt: savedAt,
    answer: null,
    earlier: null,
  };
  const answer = (answerId: HandOverAnswerId): Mutation => ({
    kind: 'answerHandOver',
    body: { answerId, handOverId, contactId, answer: 'returned', way: 'recycle', reason: 'no_reply', line: null },
  });
  const undo = (answerId: HandOverAnswerId): Mutation => ({
    kind: 'undoHandOverAnswer',
    body: { answerId, handOverId, contactId },
  });
  const lay = (mutations: Mutation[], base = offered, covered = 0, sendingUpTo = 0) =>
    layHandOvers([base], rowsOf(mutations), covered, sendingUpTo)[0];

  test('is answered as soon as the answer waits, waits again when it is taken back, and can be answered anew', () => {
    expect(lay([])).toMatchObject({ state: 'offered', delivery: 'sent' });
    expect(lay([answer(first)])).toMatchObject({ state: 'returned', answer: { answerId: first }, delivery: 'saved' });
    expect(lay([answer(first)], offered, 0, 1)).toMatchObject({ delivery: 'sending' });
    expect(lay([answer(first), undo(first)])).toMatchObject({ state: 'offered', answer: null });
    expect(lay([answer(first), undo(first), answer(second)])).toMatchObject({ answer: { answerId: second } });
  });

  test('of two answers the first holds, as on the store; an undo of another answer is none', () => {
    expect(lay([answer(first), answer(second)])).toMatchObject({ answer: { answerId: first } });
    expect(lay([answer(first), undo(second)])).toMatchObject({ state: 'returned' });
  });

  test('is as the store says once that knows more', () => {
    const taken: OwnHandOver = { ...offered, state: 'accepted' };
    expect(lay([answer(first)], taken, 1)).toMatchObject({ state: 'accepted', delivery: 'sent' });
    expect(lay([answer(first)], taken, 0)).toMatchObject({ state: 'accepted' });
  });
});
