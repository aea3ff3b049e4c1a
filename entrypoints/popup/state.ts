import { batch, computed, signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import type { PanelStatus } from '#contract/card.ts';
import type { MessageAnswer } from '#contract/message.ts';
import type { PanelSide } from '#contract/settings.ts';
import type { InviteUnder } from '../../components/options/InviteOffer.tsx';
import type { PageUnder } from '../../components/options/PageRow.tsx';
import type { SiteRow } from '../../components/options/site-words.ts';
import { sendMessage } from '../../utils/messaging/send.ts';
import { openSidePanel } from '../../utils/platform/side-panel.ts';
import { looksLikeInvite, readInviteLink } from '../../utils/settings/invite-link.ts';
import { askForHosts } from '../../utils/settings/site-access.ts';
import { findSite, readCatalogue } from '../../utils/settings/site-catalogue.ts';

/** What the popup shows. Null until the background has answered for the first time. */
export const status = signal<PanelStatus | null>(null);
export const session = signal<MessageAnswer<'getSession'>>(null);
export const version = signal<MessageAnswer<'getVersion'> | null>(null);
export const page = signal<PageUnder | null>(null);

/** The address of the tab that the popup was opened on: `activeTab` shows it for this one tab and this one click. Null when the browser keeps it to itself. */
const address = signal<string | null>(null);
let windowId: number | null = null;
let tabId: number | null = null;

/** The invite in that address; null when there is none. It never leaves the popup before the person takes it along. */
export const invite = computed<InviteUnder | null>(() => {
  if (address.value === null || !looksLikeInvite(address.value)) return null;
  const link = readInviteLink(address.value);
  return link.ok ? { host: new URL(link.storeUrl).host, complaint: null } : { host: null, complaint: link.message };
});

async function readAddress(): Promise<string | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  windowId = tab?.windowId ?? null;
  tabId = tab?.id ?? null;
  return tab?.url ?? null;
}

/** The site under the popup with its switch; null: Baton has none here. */
let row: SiteRow | null = null;

async function readPage(): Promise<PageUnder | null> {
  row = null;
  if (address.value === null || !/^https?:/.test(address.value)) return null;
  const { host } = new URL(address.value);
  const [{ sites }, catalogue] = await Promise.all([sendMessage('getSites', null), readCatalogue()]);
  const found = findSite(catalogue.sites, address.value);
  row = sites.find(({ site }) => site === found?.site.id) ?? null;
  if (row === null || found === null) return { host, site: null };
  // Of a site with several hosts it is this page's own that counts.
  return { host, site: { ...row, isOn: row.isOn && !row.missing.includes(found.pattern) } };
}

/** Asks for everything again. */
export async function refresh(): Promise<void> {
  address.value = await readAddress();
  const [nextStatus, nextSession, nextVersion, nextPage] = await Promise.all([
    sendMessage('getStatus', null),
    sendMessage('getSession', null),
    sendMessage('getVersion', null),
    readPage(),
  ]);
  batch(() => {
    status.value = nextStatus;
    session.value = nextSession;
    version.value = nextVersion;
    page.value = nextPage;
  });
}

/** Switches the site of the page on or off. Its hosts are asked for inside the click, as browsers require. */
export async function switchPage(): Promise<void> {
  const site = page.value?.site ?? null;
  if (row === null || site === null) return;
  const isGranted = site.isOn || (await askForHosts(row.hosts));
  if (isGranted) await sendMessage('setSite', { site: site.site, isOn: !site.isOn });
  await refresh();
}

/** Opens the browser's side panel on the page. Browsers allow it inside a press alone: nothing is awaited before it. */
export async function openSide(): Promise<void> {
  if (windowId !== null) await openSidePanel(windowId);
}

/** Chooses where the panel stands on the page's site; the side panel opens at once where it is chosen. */
export async function chooseSide(side: PanelSide): Promise<void> {
  const site = page.value?.site?.site;
  const opened = side === 'side' ? openSide() : null;
  if (site !== undefined) await sendMessage('setPanelSide', { site, side });
  await opened;
  await refresh();
}

/** Opens Options with a report of the page's structure: shown there before anything is saved. */
export async function reportPage(): Promise<void> {
  if (tabId !== null) await browser.tabs.create({ url: `/options.html?report=${tabId}#diagnostics` });
}

/** Takes the page's invite along to Options. */
export async function takeInviteAlong(): Promise<void> {
  if (address.value !== null) await sendMessage('offerInvite', { link: address.value });
}
