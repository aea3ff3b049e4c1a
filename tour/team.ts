import { randomUUID } from 'node:crypto';
import type { Bundle, BundleContact } from '#contract/bundle.ts';
import type { VerdictId } from '#contract/ids.ts';
import type { Mutation, PushedMutation } from '#contract/mutation.ts';
import type { VerdictReason, VerdictValue } from '#contract/verdict.ts';
import { type Device, joinStore } from '../test/e2e/harness/device.ts';
import type { RunningStore } from '../test/e2e/harness/store.ts';
import { createRandom } from '../test/fixtures/exports/random.ts';

/** The colleagues of the sample's rep. Invented; they work through the store's own doors: an invite, a snapshot, pushes. */
const colleagues = ['Maren Vogt', 'Yuki Brandt', 'Samir Hale', 'Lotte Aas', 'Ada Quist'];

/**
 * Lets the sample's sales team judge its leads, so that the Desk has something to show: seeded, and weaker after webinars.
 * Contacts whose names are in `leaveOut` stay unjudged. Answers how many verdicts were given.
 */
export async function judgeLeads(store: RunningStore, leaveOut: ReadonlySet<string>): Promise<number> {
  let given = 0;
  for (const [index, name] of colleagues.entries()) {
    const address = `${name.toLowerCase().replace(' ', '.')}@kestrel.example`;
    const device = await joinStore(await store.invite('rep', address), name);
    const mutations = sayVerdicts(await device.readBundles(), index + 1, leaveOut);
    given += mutations.filter(({ kind }) => kind === 'recordVerdict').length;
    await pushAll(device, mutations);
  }
  return given;
}

async function pushAll(device: Device, mutations: readonly Mutation[]): Promise<void> {
  const at = new Date().toISOString();
  const numbered: PushedMutation[] = mutations.map((mutation, index) => ({ ...mutation, sequence: index + 1, at }));
  for (let start = 0; start < numbered.length; start += 200) {
    const { rejected } = await device.push(numbered.slice(start, start + 200));
    if (rejected.length > 0) throw new Error(`The store rejected sample verdicts: ${JSON.stringify(rejected)}`);
  }
}

function sayVerdicts(bundles: readonly Bundle[], seed: number, leaveOut: ReadonlySet<string>): Mutation[] {
  const random = createRandom(seed);
  return bundles
    .flatMap(({ contacts }) => contacts)
    .filter((contact) => contact.touches.length > 0 && !leaveOut.has(contact.name ?? ''))
    .filter(() => random.chance(0.2))
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
