import type { MessageAnswer } from '#contract/message.ts';
import { workspaceSitesSchema } from '#contract/settings.ts';
import type { SiteRule } from '#contract/site-rule.ts';
import type { Handlers } from '../../utils/messaging/answer.ts';
import { log } from '../../utils/platform/log.ts';
import { word } from '../../utils/platform/words.ts';
import { readPanelStand } from '../../utils/settings/panel-sides.ts';
import { releaseHosts } from '../../utils/settings/site-access.ts';
import {
  listSites,
  nameSite,
  noWorkspaceSites,
  readCatalogue,
  workspaceSites,
} from '../../utils/settings/site-catalogue.ts';
import { findSiteRead, readSiteStates, type SiteState, writeSite } from '../../utils/settings/site-switches.ts';
import type { Core } from './core.ts';
import { applySites } from './readers.ts';

function listFields({ fields }: SiteRule): string[] {
  return Object.entries(fields).flatMap(([field, places]) => (places.length > 0 ? [field] : []));
}

async function tellSite({ site, isWanted, fixedBy, readable, missing }: SiteState) {
  const { id, hosts, named, front, isMain, isBeta, rule } = site;
  return {
    ...{ site: id, name: nameSite(site), front, isMain, isBeta, isWanted, isOn: readable.length > 0, fixedBy },
    ...{ hosts: [...hosts], named: [...named], missing },
    reads: rule && listFields(rule),
    panel: await readPanelStand(id),
  };
}

/** The sites that have a host, for the pages on which they are switched. */
export async function listSiteRows(): Promise<MessageAnswer<'getSites'>> {
  const [states, { passedOver }] = await Promise.all([readSiteStates(), readCatalogue()]);
  const sites = await Promise.all(states.filter(({ site }) => site.hosts.length > 0).map(tellSite));
  return { sites, passedOver: [...passedOver] };
}

/** Which site Baton reads at the sender's own address; what the page says counts for nothing. */
export const getPageSite: Handlers['getPageSite'] = async (_nothing, { url }) => {
  const site = await findSiteRead(url);
  return site && { site: site.id, rule: site.rule };
};

/** Switches a site. Off is off at once, in open pages too, and the right to read an optional host goes back to the browser. */
export const setSite: Handlers['setSite'] = async ({ site, isOn }) => {
  const state = (await readSiteStates()).find((each) => each.site.id === site);
  const fixedBy = state?.fixedBy ?? null;
  if (fixedBy !== null && state?.isWanted !== isOn) return { ok: false, message: word(`site_fixed_by_${fixedBy}`) };
  if (fixedBy === null) await writeSite(site, isOn);
  await applySites();
  if (!isOn && state !== undefined) await releaseHosts(state.site.hosts);
  return { ok: true, value: null };
};

/** Gives back those of these hosts that Baton is not meant to read. */
export async function releaseUnwanted(hosts: readonly string[]): Promise<void> {
  const wanted = new Set((await readSiteStates()).flatMap(({ site, isWanted }) => (isWanted ? site.hosts : [])));
  await releaseHosts(hosts.filter((host) => !wanted.has(host)));
}

/** The person signed out: the workspace's sites go, with the right to read them. */
export async function forgetWorkspaceSites(): Promise<void> {
  const { sites } = await readCatalogue();
  await workspaceSites.write(noWorkspaceSites);
  await applySites();
  await releaseUnwanted(sites.flatMap(({ named }) => named));
}

/**
 * Keeps apart what the workspace says of sites, as the replica says it now; when that changed, it takes hold at once. Without a replica (signed out, or being
 * fetched anew) its sites are not there, but the right to their hosts is kept: it may be back in a moment.
 */
export async function takeWorkspaceSites(read: Core['read']): Promise<void> {
  const facts = (await read())?.head.facts;
  const told = workspaceSitesSchema.safeParse(facts?.settings?.sites ?? {});
  if (!told.success) return log.warn('background', 'what the workspace says of sites was not understood');
  const before = await workspaceSites.read();
  if (JSON.stringify(told.data) === JSON.stringify(before)) return;
  await workspaceSites.write(told.data);
  for (const { id, at, why } of listSites(told.data).passedOver)
    log.warn('background', 'a site of the workspace is passed over', { id, at, why });
  await applySites();
  if (facts !== undefined) await releaseUnwanted(listSites(before).sites.flatMap(({ hosts }) => hosts));
}
