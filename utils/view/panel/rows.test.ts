import { describe, expect, test } from 'vitest';
import { answer, card, contact, now, status } from '../../../test/fixtures/panel-states/data.ts';
import { ageOf, weekdayAhead, writeDay } from './dates.ts';
import { changeOver, groupReasons, rangeOf, writePoints } from './reason-rows.ts';
import { decideBody, decideStrips } from './state.ts';
import { foldTouches, listNoise } from './touch-rows.ts';

describe('touches', () => {
  const { moments, noise, next } = foldTouches(contact.touches, contact.planned, now);

  test('moments come newest first, those about one thing in one row', () => {
    expect(moments.map((each) => [each.kind, each.count])).toEqual([
      ['visited_page', 3],
      ['attended', 1],
      ['clicked', 1],
    ]);
  });

  test('every touch is in a moment or in the noise, robots always in the noise', () => {
    const inMoments = moments.reduce((sum, each) => sum + each.count, 0);
    expect(inMoments + noise.touches.length).toBe(contact.touches.length);
    expect(noise).toMatchObject({ opens: 9, robots: 2, others: 0 });
    const robotVisit = { ...contact.touches[0], isRobot: true } as (typeof contact.touches)[number];
    expect(foldTouches([robotVisit], [], now).moments).toEqual([]);
    expect(listNoise(noise).reduce((sum, each) => sum + each.count, 0)).toBe(9);
  });

  test('what goes out next is the soonest still to come', () => {
    expect(next?.campaign).toBe('Q4 nurture #4');
    expect(foldTouches([], contact.planned, now + 90 * 86_400_000).next).toBeNull();
  });

  test('a kind of a newer store is a moment, under its own name', () => {
    const touch = { ...contact.touches[0], kind: 'teleported' } as (typeof contact.touches)[number];
    expect(foldTouches([touch], [], now).moments[0]?.kind).toBe('teleported');
  });
});

describe('reasons', () => {
  test('fit comes first, what counts nothing last, and none is lost', () => {
    const groups = groupReasons(contact.score);
    expect(groups.map((group) => group.axis)).toEqual(['fit', 'engagement']);
    expect(groups[1]?.rows.at(-1)?.points).toBe(0);
    expect(groups.flatMap((group) => group.rows)).toHaveLength(contact.score.reasons.length);
  });

  test('points carry their sign, the minus a true one', () => {
    expect([30, -8, 0, 23.64, -0.04].map(writePoints)).toEqual(['+30', '\u22128', '0', '+23.6', '0']);
  });

  test('the ranges of a sign meet without a gap and cover 0 to 100', () => {
    const ranges = [0, 1, 2, 3].map((step) => rangeOf(step, [80, 60.5, 40]));
    expect(ranges).toEqual([
      { least: 80, most: 100 },
      { least: 61, most: 79 },
      { least: 40, most: 60 },
      { least: 0, most: 39 },
    ]);
  });

  test('a trend of one day says nothing', () => {
    expect(changeOver([4])).toBeNull();
    expect(changeOver([59, 71])).toBe(12);
  });
});

describe('dates', () => {
  test('a day of another year carries its year', () => {
    expect(writeDay('2026-11-12T09:00:00Z', now, 'en-GB')).toBe('12 Nov');
    expect(writeDay('2025-11-12T09:00:00Z', now, 'en-GB')).toBe('12 Nov 2025');
  });

  test('a weekday is named only for the days ahead of this week', () => {
    expect(weekdayAhead('2026-11-24T09:00:00Z', now, 'en-GB')).toBe('Tuesday');
    expect(weekdayAhead('2026-12-24T09:00:00Z', now, 'en-GB')).toBeNull();
  });

  test('an age grows from seconds to minutes to a time; the future is 0 s old', () => {
    expect(ageOf(new Date(now - 12_000).toISOString(), now, 'en-GB')).toEqual({ unit: 's', count: 12 });
    expect(ageOf(new Date(now - 125_000).toISOString(), now, 'en-GB')).toEqual({ unit: 'min', count: 2 });
    expect(ageOf(new Date(now + 9_000).toISOString(), now, 'en-GB')).toEqual({ unit: 's', count: 0 });
  });
});

describe('what the panel shows', () => {
  const nobody = { ...answer, people: [], selected: null, card: null };

  test('without a store, without a lease and without an answer no card is shown, whatever else is there', () => {
    expect(decideBody(null, true).kind).toBe('loading');
    expect(decideBody({ ...answer, status: { ...status, connection: 'never' } }, false).kind).toBe('firstRun');
    expect(decideBody({ ...answer, status: { ...status, connection: 'leaseEnded' } }, false).kind).toBe('locked');
  });

  test('a card shows while the replica still fills', () => {
    expect(decideBody({ ...answer, status: { ...status, replica: 'loading' } }, false).kind).toBe('card');
    expect(decideBody({ ...nobody, status: { ...status, replica: 'loading' } }, false).kind).toBe('loading');
  });

  test('an account without a person is an account, unless somebody new there is in view', () => {
    const company = { ...card, contact: null };
    expect(decideBody({ ...answer, selected: null, card: company }, false).kind).toBe('account');
    const person = { ...answer.people[0], contactId: null } as (typeof answer.people)[number];
    const atDomain = { ...company, sureness: 'domain' as const };
    expect(decideBody({ ...answer, people: [person], card: atDomain }, false).kind).toBe('newPerson');
  });

  test('a gone extension silences every other strip', () => {
    const offline = { ...answer, status: { ...status, store: 'offline' as const } };
    expect(decideStrips(offline, false, null).map((strip) => strip.kind)).toEqual(['offline']);
    expect(decideStrips(offline, true, 'x').map((strip) => strip.kind)).toEqual(['gone']);
  });

  test('who may not be contacted is said first', () => {
    const barred = { ...answer, card: { ...card, account: card.account && { ...card.account, doNotContact: true } } };
    expect(decideStrips(barred, false, 'x').map((strip) => strip.kind)).toEqual(['doNotContact', 'problem']);
  });
});
