import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountId, ContactId, VerdictId } from '#contract/ids.ts';
import { countWaiting, readRefused, readRowsAfter } from '../../utils/outbox/read.ts';
import { readLocal } from '../../utils/settings/local-state.ts';
import { createCycle } from '../../utils/sync/cycle.ts';
import { openGround } from '../../utils/sync/ground.ts';
import { acceptInvite } from '../../utils/sync/join.ts';
import { saveMutation } from '../../utils/sync/save.ts';
import type { Click } from './compare-clicks.ts';

/** One rep's browser: the extension's own outbox, replica and sync, on databases in memory, talking to a real store. */
export interface Browser {
  address: string;
  /** The verdicts of its clicks that were told to the person as saved, in order. */
  clicks: readonly string[];
  /** Takes an invite, as Options does. */
  join(link: string): Promise<void>;
  /** One cycle, whatever comes of it. */
  meet(): Promise<void>;
  /** One click on Weak or Strong, and a cycle, as the background runs one after each. */
  click(contactId: ContactId): Promise<void>;
  /** Adds somebody to an account, on purpose, and answers who they are. */
  add(accountId: AccountId): Promise<ContactId>;
  /** With no network, nothing reaches the store and nothing comes from it. */
  isOffline: boolean;
  /** Runs cycles until nothing waits and the store answers. Throws when something still does after half a minute. */
  catchUp(): Promise<void>;
  /** How much the store has confirmed, how much waits, how much it refused. */
  read(): Promise<{ sent: number; waiting: number; refused: number }>;
  close(): void;
}

/** Its clicks for the balance: what was told as saved, and nothing else. */
export function listClicks({ clicks }: Browser): Click[] {
  return clicks.map((verdictId) => ({ verdictId, isPromised: true }));
}

/** Opens a browser that has never met the store. */
export async function openBrowser(address: string): Promise<Browser> {
  const id = randomUUID();
  const browser = { isOffline: false };
  const ground = await openGround(
    {
      now: Date.now,
      fetch: (input, init) => (browser.isOffline ? Promise.reject(new TypeError('no network')) : fetch(input, init)),
      changed: () => undefined,
    },
    { outbox: `outbox ${id}`, replica: `replica ${id}`, local: `local ${id}` },
  );
  const cycle = createCycle(ground);
  const clicks: string[] = [];
  return Object.assign(browser, {
    address,
    clicks,
    async join(link: string) {
      const accepted = await acceptInvite(ground, link, address, 'Trial', cycle.idle);
      if (!accepted.ok) throw new Error(`${address} could not join: ${accepted.message}`);
      await cycle.run('start');
    },
    meet: () => cycle.run('asked'),
    async click(contactId: ContactId) {
      const verdictId = randomUUID() as VerdictId;
      const value = Math.random() < 0.5 ? ('weak' as const) : ('strong' as const);
      const saved = await saveMutation(ground, null, {
        kind: 'recordVerdict',
        body: { verdictId, contactId, value, shown: null },
      });
      if (!saved.ok) throw new Error(`A click was not saved: ${saved.message}`);
      clicks.push(verdictId);
      await cycle.run('saved');
    },
    async add(accountId: AccountId) {
      const contactId = randomUUID() as ContactId;
      const body = { contactId, accountId, name: 'Somebody New', address: `${contactId}@buyer.example` };
      const saved = await saveMutation(ground, null, { kind: 'addContact', body });
      if (!saved.ok) throw new Error(`A person was not saved: ${saved.message}`);
      await cycle.run('saved');
      return contactId;
    },
    async catchUp() {
      for (const until = Date.now() + 30_000; Date.now() < until; await sleep(100)) {
        await cycle.run('asked');
        const reach = await readLocal(ground.local, 'reach');
        if ((await countWaiting(ground.outbox)) === 0 && reach?.failures === 0) return;
      }
      throw new Error(`${address} still has ${await countWaiting(ground.outbox)} clicks to send after half a minute.`);
    },
    async read() {
      const rows = await readRowsAfter(ground.outbox, 0);
      return {
        sent: rows.filter(({ state }) => state === 'sent').length,
        waiting: await countWaiting(ground.outbox),
        refused: (await readRefused(ground.outbox)).length,
      };
    },
    close() {
      ground.outbox.close();
      ground.replica.close();
      ground.local.close();
    },
  });
}
