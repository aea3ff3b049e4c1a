import type { Mutation, PushedMutation } from '#contract/mutation.ts';
import { type Device, joinStore } from '../../test/e2e/harness/device.ts';
import { marketer } from '../../test/e2e/harness/sample.ts';
import type { RunningStore } from '../../test/e2e/harness/store.ts';
import { castContacts } from '../../test/fixtures/cast.ts';
import { pushPoints, sayOutcomes } from './push-points.ts';
import { sayInsights } from './say-insights.ts';
import { sayVerdicts } from './say-verdicts.ts';

/** The colleagues of the sample's rep. Invented; like the marketer they work through the store's own doors: invites, snapshots, pushes. */
const colleagues = ['Maren Vogt', 'Yuki Brandt', 'Samir Hale', 'Lotte Aas', 'Ada Quist'];

/** Lets the sample's people work for a while, so that panel and Desk have something to show. The leading cast stays unjudged. Answers what was done, in words. */
export async function fillWorkspace(store: RunningStore): Promise<string> {
  const points = await pushPoints(await joinStore(await store.invite('marketer', marketer.email), marketer.name));
  const leadingCast = new Set(castContacts.map(({ name }) => name));
  const counts = new Map<string, number>();
  for (const [index, name] of colleagues.entries()) {
    const address = `${name.toLowerCase().replace(' ', '.')}@kestrel.example`;
    const device = await joinStore(await store.invite('rep', address), name);
    const bundles = await device.readBundles();
    const mutations = [
      ...sayVerdicts(bundles, index + 1, leadingCast),
      ...sayInsights(bundles, index, colleagues.length),
      ...sayOutcomes(bundles, points, index, colleagues.length),
    ];
    for (const { kind } of mutations) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    await pushAll(device, mutations);
  }
  const count = (kind: Mutation['kind']) => counts.get(kind) ?? 0;
  return `${colleagues.length} colleagues gave ${count('recordVerdict')} verdicts and ${count('recordInsight')} insights; the marketer pushed ${points.length} talking points.`;
}

async function pushAll(device: Device, mutations: readonly Mutation[]): Promise<void> {
  const at = new Date().toISOString();
  const numbered: PushedMutation[] = mutations.map((mutation, index) => ({ ...mutation, sequence: index + 1, at }));
  for (let start = 0; start < numbered.length; start += 200) {
    const { rejected } = await device.push(numbered.slice(start, start + 200));
    if (rejected.length > 0)
      throw new Error(`The store rejected what the sample's people did: ${JSON.stringify(rejected)}`);
  }
}
