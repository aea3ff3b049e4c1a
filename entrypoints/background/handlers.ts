import { browser } from 'wxt/browser';
import type { Handlers } from '../../utils/messaging/answer.ts';
import { discardRows, restorableMs, restoreRows } from '../../utils/outbox/discard.ts';
import { toInstant } from '../../utils/platform/clock.ts';
import { maySendUsage } from '../../utils/settings/data-consent.ts';
import { readLocal } from '../../utils/settings/local-state.ts';
import { readPanelPlace, writePanelPlace } from '../../utils/settings/panel-places.ts';
import { readPanelStand } from '../../utils/settings/panel-sides.ts';
import { readPolicy } from '../../utils/settings/policy.ts';
import { findSiteRead } from '../../utils/settings/site-switches.ts';
import { startFirstSight } from '../../utils/sync/first-sight.ts';
import { readFirstSteps } from '../../utils/sync/first-steps.ts';
import { tryForRoom } from '../../utils/sync/give-way.ts';
import { acceptInvite, previewInvite, signOut } from '../../utils/sync/join.ts';
import { readCopyFacts } from '../../utils/sync/read-diagnostics.ts';
import { readStatus } from '../../utils/sync/read-status.ts';
import { readUnsent } from '../../utils/sync/read-unsent.ts';
import { saveMutation } from '../../utils/sync/save.ts';
import { searchReplica } from '../../utils/sync/search.ts';
import { barInvite } from './bar-invite.ts';
import { callStore } from './call-store.ts';
import type { Core } from './core.ts';
import { nameDevice } from './device.ts';
import { noteLook, readLooks } from './looks.ts';
import { dropOfferedInvite, offerInvite, readOfferedInvite } from './offered-invite.ts';
import { answerStand } from './panel-stands.ts';
import { injectPanel } from './readers.ts';
import { setPanelSide } from './set-panel-side.ts';
import { forgetWorkspaceSites, getPageSite, listSiteRows, releaseUnwanted, setSite } from './sites.ts';
import { noteTiming, readTimings } from './timings.ts';
import { tryRule } from './try-rule.ts';
import { readVersion } from './update.ts';

/** What the background does for each message of the contract. */
export function createHandlers(open: () => Promise<Core>): Handlers {
  return {
    openPanel: async (_nothing, { tabId, frameId, url }) => {
      // A page that asks is not believed: where Baton does not read, or the panel does not stand in the page, nothing is put into it.
      const site = await findSiteRead(url);
      if (tabId !== null && site !== null && (await readPanelStand(site.id)).side === 'page')
        await injectPanel(tabId, frameId);
      return null;
    },
    getCard: async (request) => (await open()).readCard(request),
    saveMutation: async (mutation) => {
      if (mutation.kind === 'countSeen' && !(await maySendUsage()))
        return { ok: true, value: { sequence: 0, savedAt: new Date().toISOString() } };
      const { ground, cycle, read } = await open();
      const saved = await saveMutation(ground, await read().catch(() => null), mutation);
      if (saved.ok) {
        ground.changed();
        void cycle.run('saved');
      }
      return saved;
    },
    searchReplica: async ({ words }) => {
      const { ground, cycle, read, fetchBundles } = await open();
      const reading = await read();
      const found = await searchReplica(ground, reading, words, () => void cycle.run('poke'));
      startFirstSight(fetchBundles, reading?.takeAbsent() ?? []);
      return found;
    },
    getStatus: async () => readStatus((await open()).ground),
    beat: async () => {
      const { cycle, live } = await open();
      live.ensure();
      void cycle.run('beat');
      return null;
    },
    noteLook: async (look) => {
      await noteLook({ ...look, at: new Date().toISOString() });
      return null;
    },
    getLooks: readLooks,
    syncNow: async () => {
      const { ground, cycle, live } = await open();
      await tryForRoom(ground);
      live.ensure();
      await cycle.run('asked');
      return null;
    },
    openOptions: async () => {
      await browser.runtime.openOptionsPage();
      return null;
    },
    openDesk: async () => {
      await browser.tabs.create({ url: '/desk.html' });
      return null;
    },
    getPanelPlace: ({ site }) => readPanelPlace(site),
    setPanelPlace: async ({ site, width, collapsed }) => {
      await writePanelPlace(site, { width, collapsed });
      return null;
    },
    getPanelStand: ({ site }, { tabId, frameId, url, isOwn }) =>
      answerStand(site, isOwn || tabId === null || frameId !== 0 ? null : { id: tabId, url }),
    setPanelSide,
    offerInvite: async ({ link }) => {
      await offerInvite(link);
      return null;
    },
    getOfferedInvite: readOfferedInvite,
    dropOfferedInvite: async () => {
      await dropOfferedInvite();
      return null;
    },
    previewInvite: async ({ link }) => (await barInvite(link)) ?? previewInvite((await open()).ground, link),
    acceptInvite: async ({ link, name }) => {
      const barred = await barInvite(link);
      if (barred !== null) return barred;
      const { ground, cycle, live } = await open();
      const accepted = await acceptInvite(ground, link, name, await nameDevice(), cycle.idle);
      if (accepted.ok) {
        await dropOfferedInvite();
        live.stop();
        live.ensure();
        void cycle.run('asked');
      }
      return accepted;
    },
    getSession: async () => {
      const connection = await readLocal((await open()).ground.local, 'connection');
      if (connection === null) return null;
      // The key for hashing stays in the background, from Baton's own pages too.
      const session = { ...connection.session, hashing: { ...connection.session.hashing, key: '' } };
      return { storeUrl: connection.storeUrl, session };
    },
    getFirstSteps: async () => {
      const { ground, read } = await open();
      return readFirstSteps(ground, await read());
    },
    getUnsent: async () => readUnsent((await open()).ground),
    discardUnsent: async ({ sequences }) => {
      const { ground, cycle } = await open();
      const count = await discardRows(ground.outbox, sequences, toInstant(ground.now()));
      ground.changed();
      // Until then it can be taken back, and what comes after it waits.
      setTimeout(() => void cycle.run('saved'), restorableMs);
      return count;
    },
    restoreUnsent: async () => {
      const { ground, cycle } = await open();
      const count = await restoreRows(ground.outbox, ground.now());
      ground.changed();
      void cycle.run('saved');
      return count;
    },
    noteTiming: async (timing) => {
      await noteTiming(timing);
      return null;
    },
    getDiagnostics: async () => {
      const { ground, live, read } = await open();
      return { ...(await readCopyFacts(ground, await read())), live: live.state(), timings: await readTimings() };
    },
    getVersion: readVersion,
    restartExtension: async () => {
      // After the answer: what asks is a page of the extension that goes with it.
      setTimeout(() => browser.runtime.reload(), 50);
      return null;
    },
    signOut: async ({ discardUnsent }) => {
      const { ground, cycle, live } = await open();
      await cycle.run('asked');
      const out = await signOut(ground, discardUnsent, cycle.idle);
      if (out.ok) {
        live.stop();
        await forgetWorkspaceSites();
      }
      return out;
    },
    getSites: listSiteRows,
    getPageSite,
    tryRule,
    letGoOfHosts: async ({ hosts }) => {
      await releaseUnwanted(hosts);
      return null;
    },
    getPolicy: async () => {
      const { policy, problem } = await readPolicy();
      return { storeUrl: policy.storeUrl, problem };
    },
    setSite,
    callStore: async (request) => callStore((await open()).ground, request),
  };
}
