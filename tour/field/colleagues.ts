import type { Bundle } from '#contract/bundle.ts';
import type { MemberId } from '#contract/ids.ts';
import type { Mutation, PushedMutation } from '#contract/mutation.ts';
import type { Role } from '#contract/session.ts';
import { asPost, type Device, joinStore } from '../../test/e2e/harness/device.ts';
import { marketer, rep } from '../../test/e2e/harness/sample.ts';
import type { RunningStore } from '../../test/e2e/harness/store.ts';

/** One of the sample's people at a browser of their own, without the browser. */
export interface Colleague {
  name: string;
  memberId: MemberId;
  bundles: readonly Bundle[];
  /** Pushes what they did, behind what they pushed before. Rejects when the store refuses any of it. */
  say(mutations: readonly Mutation[]): Promise<void>;
  /** A call to the store as them, with a body as JSON. Rejects with the store's words when it refuses. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** The sample's people. Invented; they work through the store's own doors: invites, snapshots, pushes, the Desk's calls. */
export interface Colleagues {
  admin: Colleague;
  marketer: Colleague;
  /** Signs for sales. */
  salesLead: Colleague;
  /** The one whose mailbox the sample shows. */
  rep: Colleague;
  reps: readonly Colleague[];
}

const admin = { name: 'Nora Sandvik', email: 'nora.sandvik@kestrel.example' };
const salesLead = { name: 'Dario Pell', email: 'dario.pell@kestrel.example' };
const repNames = ['Maren Vogt', 'Yuki Brandt', 'Samir Hale', 'Lotte Aas', 'Ada Quist'];

/** Lets everybody join: the admin by the store's command, the others by the admin's invites. */
export async function joinEverybody(store: RunningStore): Promise<Colleagues> {
  const first = await joinStore(await store.invite('admin', admin.email), admin.name, 'Firefox on macOS');
  const nora = await work(admin.name, first, []);
  const join = async (role: Role, name: string, address: string) => {
    const { link } = (await nora.call('POST', '/v1/invites', { role, address })) as { link: string };
    const device = await joinStore(link, name, 'Chrome on Windows');
    return work(name, device, role === 'rep' ? sortByName(await device.readBundles()) : []);
  };
  const reps: Colleague[] = [];
  const ines = await join('marketer', marketer.name, marketer.email);
  for (const name of repNames)
    reps.push(await join('rep', name, `${name.toLowerCase().replace(' ', '.')}@kestrel.example`));
  return {
    admin: nora,
    marketer: ines,
    salesLead: await join('rep', salesLead.name, salesLead.email),
    rep: await join('rep', rep.name, rep.email),
    reps,
  };
}

/** In an order that does not hang on what the store called them, so that a seed draws the same each time. */
function sortByName(bundles: readonly Bundle[]): Bundle[] {
  const byWords = (one: string, other: string) => Number(one > other) - Number(one < other);
  const nameOf = ({ name, title }: Bundle['contacts'][number]) => `${name} ${title}`;
  return bundles
    .map((each) => ({ ...each, contacts: each.contacts.toSorted((one, other) => byWords(nameOf(one), nameOf(other))) }))
    .sort((one, other) => byWords(one.account?.name ?? '', other.account?.name ?? ''));
}

function work(name: string, device: Device, bundles: readonly Bundle[]): Colleague {
  let sequence = 0;
  return {
    name,
    memberId: device.session.member.id,
    bundles,
    async say(mutations) {
      const at = new Date().toISOString();
      const numbered: PushedMutation[] = mutations.map((mutation) => ({ ...mutation, sequence: ++sequence, at }));
      for (let start = 0; start < numbered.length; start += 200) {
        const { rejected } = await device.push(numbered.slice(start, start + 200));
        if (rejected.length > 0)
          throw new Error(`The store rejected what ${name} did in the sample: ${JSON.stringify(rejected)}`);
      }
    },
    async call(method, path, body) {
      const response = await device.call(path, body === undefined ? { method } : { ...asPost(body), method });
      const text = await response.text();
      if (!response.ok) throw new Error(`The store refused ${method} ${path} of ${name}: ${response.status} ${text}`);
      return text === '' ? null : JSON.parse(text);
    },
  };
}
