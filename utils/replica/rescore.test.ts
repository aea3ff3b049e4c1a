import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BundleContact, WorkspaceFacts } from '#contract/bundle.ts';
import type { TouchId } from '#contract/ids.ts';
import type { Scorecard } from '#contract/score.ts';
import { createBundle, createContact } from '../../test/fixtures/bundles.ts';
import { firstScorecard } from '../scoring/first-scorecard.ts';
import { scoreContact } from '../scoring/score.ts';
import { rescoreBundle } from './rescore.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const first = firstScorecard('2026-10-01T00:00:00.000Z');
const change = (points: number): Scorecard => ({
  ...first,
  version: 2,
  criteria: first.criteria.map((each) => ({ ...each, points: Math.max(-100, Math.min(100, each.points + points)) })),
});
const toFacts = (scorecard: Scorecard | undefined, version = scorecard?.version ?? 2): WorkspaceFacts => ({
  name: 'Larkspur',
  scorecardVersion: version,
  scorecardPublishedAt: first.publishedAt,
  scorecardSignedBy: [],
  ...(scorecard && { scorecard }),
  definitions: [],
  members: [],
});

const touch = fc
  .record({
    kind: fc.constantFrom('opened', 'clicked', 'attended', 'submitted_form', 'unsubscribed', 'teleported'),
    daysAgo: fc.double({ min: 0, max: 400, noNaN: true }),
    detail: fc.constantFrom(null, 'Pricing page', 'Careers'),
    campaign: fc.constantFrom(null, 'Spring webinar'),
    isRobot: fc.boolean(),
  })
  .map(({ daysAgo, ...rest }) => ({
    ...rest,
    id: crypto.randomUUID() as TouchId,
    campaignId: null,
    at: new Date(now.getTime() - daysAgo * 86_400_000).toISOString(),
  }));
const person = fc.record({
  title: fc.constantFrom(null, 'Head of Operations', 'Intern'),
  country: fc.constantFrom(null, 'Portugal'),
  touches: fc.array(touch, { maxLength: 50 }),
});
const subjectOf = (
  bundle: Pick<ReturnType<typeof createBundle>, 'account'>,
  { title, country = null }: BundleContact,
) => ({
  account: bundle.account,
  contact: { title, country },
});
const scoredOf = (contact: Pick<BundleContact, 'touches'>) =>
  contact.touches.map((each) => ({ ...each, at: new Date(each.at) }));

const uses = fc.constantFrom<string[] | null>(null, ['Mail'], ['Acme ERP', 'Mail']);
const asksErp: Scorecard['criteria'][number] = {
  ...{ id: 'erp', label: 'ERP', points: 9 },
  ...{ axis: 'fit', field: 'technology', test: { op: 'is', values: ['acme erp'] } },
};

/** A bundle as the store answers it under the first card. */
function bundleOf(
  people: readonly Pick<BundleContact, 'title' | 'country' | 'touches'>[],
  technologies: string[] | null = null,
) {
  const plain = createBundle(
    people.map((each) => createContact({ ...each, touchCount: each.touches.length } as never)),
  );
  const bundle = { ...plain, account: plain.account && { ...plain.account, technologies } };
  const contacts = bundle.contacts.map((each) => ({
    ...each,
    score: scoreContact(first, subjectOf(bundle, each), scoredOf(each), now),
  }));
  return { ...bundle, contacts };
}

test('a device scores by another card what the store would have scored by it', () => {
  fc.assert(
    fc.property(
      fc.array(person, { maxLength: 4 }),
      uses,
      fc.integer({ min: -60, max: 60 }),
      (people, technologies, points) => {
        const held = bundleOf(people as never, technologies);
        const card = { ...change(points), criteria: [...change(points).criteria, asksErp] };
        const { bundle, isBehind } = rescoreBundle(held, toFacts(card));
        expect(isBehind).toBe(false);
        expect(bundle.contacts.map(({ score }) => score)).toEqual(
          held.contacts.map((each) => scoreContact(card, subjectOf(held, each), scoredOf(each), now)),
        );
      },
    ),
  );
});

test('and by the card before again what it scored then', () => {
  fc.assert(
    fc.property(fc.array(person, { maxLength: 3 }), (people) => {
      const held = bundleOf(people as never);
      const moved = rescoreBundle(held, toFacts(change(20))).bundle;
      const back = rescoreBundle(moved, toFacts({ ...first, version: 3 })).bundle;
      const strip = ({ score: { scorecardVersion: _version, ...score } }: BundleContact) => score;
      expect(back.contacts.map(strip)).toEqual(held.contacts.map(strip));
    }),
  );
});

test('somebody of whose touches only the newest are here keeps the score of the card before, and is said to be behind', () => {
  const held = bundleOf([{ title: null, country: null, touches: [] }]);
  const [one] = held.contacts;
  for (const lack of [{ touchCount: 51 }, { country: undefined }]) {
    const some = { ...held, contacts: [{ ...(one as BundleContact), ...lack } as BundleContact] };
    const { bundle, isBehind } = rescoreBundle(some, toFacts(change(20)));
    expect(isBehind).toBe(true);
    expect(bundle.contacts[0]?.score).toEqual(one?.score);
  }
});

test('without a card that this build can read nothing is scored anew, and by the card in force or a newer one nothing is touched', () => {
  const held = bundleOf([{ title: 'Intern', country: null, touches: [] }]);
  expect(rescoreBundle(held, toFacts(undefined, 2))).toEqual({ bundle: held, isBehind: true });
  expect(rescoreBundle(held, toFacts(first)).bundle).toBe(held);
  const newer = {
    ...held,
    contacts: held.contacts.map((each) => ({ ...each, score: { ...each.score, scorecardVersion: 9 } })),
  };
  expect(rescoreBundle(newer, toFacts(change(20)))).toEqual({ bundle: newer, isBehind: false });
});
