import { batch, computed, signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import type { PanelStatus } from '#contract/card.ts';
import type { MessageAnswer } from '#contract/message.ts';
import type { PanelSide } from '#contract/settings.ts';
import type { InviteUnder } from '../../components/options/InviteOffer.tsx';
import type { PageUnder } from '../../components/options/PageRow.tsx';
import { sendMessage } from '../../utils/messaging/send.ts';
import { openSidePanel } from '../../utils/platform/side-panel.ts';
import { looksLikeInvite, readInviteLink } from '../../utils/settings/invite-link.ts';
import { askForHosts, isAllowed } from '../../utils/settings/site-access.ts';
import { findSite, hostsOf } from '../../utils/settings/site-hosts.ts';

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

async function readPage(): Promise<PageUnder | null> {
  if (address.value === null || !/^https?:/.test(address.value)) return null;
  const { host } = new URL(address.value);
  const site = findSite(address.value);
  if (site === null) return { host, site: null };
  const [sites, isLet] = await Promise.all([sendMessage('getSites', null), isAllowed(hostsOf(site))]);
  const row = sites.find((each) => each.site === site);
  if (row === undefined) return { host, site: null };
  const { isOn, fixedBy, panel } = row;
  return { host, site: { id: site, isOn: isOn && isLet, isBarred: isOn && !isLet, isFixed: fixedBy !== null, panel } };
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

/** Switches the site of the page on or off. The host is asked for inside the click, as browsers require. */
export async function switchPage(): Promise<void> {
  const site = address.value === null ? null : findSite(address.value);
  if (site === null) return;
  const isOn = page.value?.site?.isOn ?? false;
  const isGranted = isOn || (await askForHosts(hostsOf(site)));
  if (isGranted) await sendMessage('setSite', { site, isOn: !isOn });
  await refresh();
}

/** Opens the browser's side panel on the page. Browsers allow it inside a press alone: nothing is awaited before it. */
export async function openSide(): Promise<void> {
  if (windowId !== null) await openSidePanel(windowId);
}

/** Chooses where the panel stands on the page's site; the side panel opens at once where it is chosen. */
export async function chooseSide(side: PanelSide): Promise<void> {
  const site = page.value?.site?.id;
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
