import { randomUUID } from 'node:crypto';
import type { Bundle, BundleContact } from '#contract/bundle.ts';
import type { VerdictId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import type { VerdictReason, VerdictValue } from '#contract/verdict.ts';
import { createRandom } from '../../test/fixtures/exports/random.ts';

/**
 * What one colleague says of the leads, seeded, and weaker after webinars, so that the Desk has a pattern to show.
 * Contacts whose names are in `leaveOut` stay unjudged.
 */
export function sayVerdicts(bundles: readonly Bundle[], seed: number, leaveOut: ReadonlySet<string>): Mutation[] {
  const random = createRandom(seed);
  return bundles
    .flatMap(({ account, contacts }) => (account === null ? [] : contacts))
    .filter((contact) => contact.touches.length > 0 && !leaveOut.has(contact.name ?? ''))
    .filter(({ score }) => random.chance(score.points >= 90 ? 0.5 : 0.2))
    .flatMap((contact) => {
      const isWebinar = /webinar/i.test(contact.touches[0]?.campaign ?? '');
      const isWeak = random.chance(weakShare(isWebinar, contact));
      const reason = random.chance(0.25) ? null : random.pick(reasonsFor(isWeak, isWebinar));
      return sayVerdict(contact, isWeak ? 'weak' : 'strong', reason);
    });
}

function weakShare(isWebinar: boolean, contact: BundleContact): number {
  if (isWebinar) return 0.68;
  return contact.score.fit >= 60 ? 0.2 : 0.45;
}

function reasonsFor(isWeak: boolean, isWebinar: boolean): readonly VerdictReason[] {
  if (!isWeak) return ['real_need', 'right_person', 'good_timing'];
  if (isWebinar) return ['wrong_person', 'wrong_person', 'wrong_person', 'bad_timing', 'not_a_buyer'];
  return ['no_need', 'bad_timing', 'bad_data', 'already_customer', 'not_ideal_customer'];
}

function sayVerdict(contact: BundleContact, value: VerdictValue, reason: VerdictReason | null): Mutation[] {
  const verdictId = randomUUID() as VerdictId;
  const { grade, points, scorecardVersion } = contact.score;
  const shown = { grade, points, scorecardVersion };
  const verdict: Mutation = { kind: 'recordVerdict', body: { verdictId, contactId: contact.id, value, shown } };
  return reason === null ? [verdict] : [verdict, { kind: 'setVerdictReason', body: { verdictId, reason } }];
}
