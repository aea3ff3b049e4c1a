import { computed, type ReadonlySignal, signal } from '@preact/signals';
import {
  type OwnSite,
  ownSiteSchema,
  type SitesChange,
  siteHostSchema,
  type WorkspaceSettings,
  workspaceSettingsSchema,
  workspaceSitesSchema,
} from '#contract/settings.ts';
import type { SiteId } from '#contract/sighting.ts';
import { word } from '../../platform/words.ts';
import { listSites, nameSite, type Site } from '../../settings/site-catalogue.ts';
import type { Desk } from './desk.ts';
import type { Resource } from './resource.ts';
import {
  createSiteDraft,
  draftFromSite,
  findSiteFaults,
  readHost,
  readStoreFaults,
  type SiteDraft,
  type SiteFault,
  type TakenHost,
  toSite,
} from './site-draft.ts';
import { type AddressTest, testAddress } from './site-test.ts';
import { createSiteTrial } from './site-trial.ts';

const path = '/v1/desk/settings';

/** A site as the page lists it. `hosts`: those that it has by itself, `named`: those that an admin named; as people write them. `own`: how an admin described it; null: Baton knows it by itself. */
export interface SiteLine {
  id: SiteId;
  name: string;
  hosts: string[];
  named: string[];
  isMain: boolean;
  isBeta: boolean;
  isOff: boolean;
  own: OwnSite | null;
}

const hostOf = (pattern: string) => pattern.replace(/^https:\/\/|\/\*$/g, '');

/** What an admin has to do with most comes first: the main sites, those of one's own, then what else Baton knows. */
function sortForAdmins(sites: readonly Site[]): Site[] {
  const main = sites.filter(({ isMain }) => isMain);
  const own = sites.filter(({ rule }) => rule !== null);
  return [...main, ...own, ...sites.filter(({ isMain, rule }) => !isMain && rule === null)];
}

function bodyOf(site: OwnSite | null) {
  if (site === null) return null;
  const { id: _, ...body } = site;
  return body;
}

/** The sites of the workspace as an admin settles them, and the one that is being described. */
export function createSites(desk: Desk, settings: Resource<WorkspaceSettings>) {
  const draft = signal<SiteDraft | null>(null);
  const pasted = signal('');
  /** What the store found wrong, until something is changed. */
  const refused = signal<SiteFault[]>([]);
  const isChecked = signal(false);
  const isSaving = signal(false);
  const trial = createSiteTrial(desk, draft);

  const said = computed(() => settings.value.value?.sites ?? workspaceSitesSchema.parse({}));
  const catalogue = computed(() => listSites(said.value));
  const lines = computed<SiteLine[]>(() =>
    sortForAdmins(catalogue.value.sites).map((site) => ({
      ...{ id: site.id, name: nameSite(site), isMain: site.isMain, isBeta: site.isBeta, isOff: site.isOff },
      hosts: site.hosts.filter((host) => !site.named.includes(host)).map(hostOf),
      named: site.named.map(hostOf),
      own:
        said.value.own.flatMap((raw) => ownSiteSchema.safeParse(raw).data ?? []).find(({ id }) => id === site.id) ??
        null,
    })),
  );
  const taken = computed<TakenHost[]>(() =>
    lines.value
      .filter(({ id }) => id !== draft.value?.id)
      .flatMap(({ name, hosts, named }) => [...hosts, ...named].map((host) => ({ host, site: name }))),
  );
  const faults = computed<SiteFault[]>(() =>
    draft.value === null ? [] : [...findSiteFaults(draft.value, taken.value), ...refused.value],
  );
  const addressTest = computed<AddressTest>(() =>
    draft.value === null ? { kind: 'empty' } : testAddress(draft.value, pasted.value),
  );

  const send = (sites: SitesChange) => desk.ask({ method: 'PATCH', path, body: { sites } }, workspaceSettingsSchema);

  /** Changes something at once, and says so with a way back. */
  async function change(sites: SitesChange, back: SitesChange, text: string): Promise<void> {
    const reply = await send(sites);
    if (reply.ok) desk.notify(text, () => void change(back, sites, word('desk_sites_undone')));
    else desk.notify(reply.failure.message);
    await settings.reload();
  }

  function start(next: SiteDraft | null): void {
    draft.value = next;
    pasted.value = '';
    refused.value = [];
    isChecked.value = false;
    trial.reset();
  }

  async function save(): Promise<void> {
    const { value: writing } = draft;
    isChecked.value = true;
    if (writing === null || isSaving.value || faults.value.length > 0) return;
    isSaving.value = true;
    const site = ownSiteSchema.parse(toSite(writing));
    const sites = { own: { [site.id]: bodyOf(site) } };
    const reply = await send(sites);
    isSaving.value = false;
    if (reply.ok) {
      start(null);
      const back = { own: { [site.id]: bodyOf(writing.base) } };
      desk.notify(word('desk_site_saved', site.name), () => void change(back, sites, word('desk_sites_undone')));
      await settings.reload();
      return;
    }
    refused.value = readStoreFaults(writing, reply.failure.fields);
    if (refused.value.length === 0) desk.notify(reply.failure.message);
  }

  const changeHost = (site: SiteLine, host: string, isAdded: boolean) =>
    change(
      { hosts: { [site.id]: isAdded ? { add: [host] } : { remove: [host] } } },
      { hosts: { [site.id]: isAdded ? { remove: [host] } : { add: [host] } } },
      word(isAdded ? 'desk_site_host_added' : 'desk_site_host_removed', host, site.name),
    );

  return {
    lines: lines as ReadonlySignal<SiteLine[]>,
    passedOver: computed(() => catalogue.value.passedOver),
    draft: draft as ReadonlySignal<SiteDraft | null>,
    faults: faults as ReadonlySignal<SiteFault[]>,
    /** Whether what is missing is told as well: after the first try to save. */
    isChecked: isChecked as ReadonlySignal<boolean>,
    isSaving: isSaving as ReadonlySignal<boolean>,
    pasted,
    addressTest,
    trial,
    describe: () => start(createSiteDraft()),
    editOwn: (site: OwnSite) => start(draftFromSite(site)),
    cancel: () => start(null),
    save,
    edit(next: Partial<SiteDraft>): void {
      if (draft.value === null) return;
      draft.value = { ...draft.value, ...next };
      refused.value = [];
      trial.forgetReport();
    },
    settleOff: (site: SiteLine, isOff: boolean) =>
      change(
        { off: { [site.id]: isOff } },
        { off: { [site.id]: !isOff } },
        word(isOff ? 'desk_site_off_done' : 'desk_site_on_done', site.name),
      ),
    /** Names a host for a site that Baton knows. Answers what is wrong with it; null: it is sent. */
    async addHost(site: SiteLine, typed: string): Promise<string | null> {
      const host = readHost(typed);
      if (!siteHostSchema.safeParse(host).success) return word('desk_fault_host', typed.trim());
      const other = taken.value.find((each) => each.host === host);
      if (other !== undefined) return word('desk_fault_host_taken', host, other.site);
      await changeHost(site, host, true);
      return null;
    },
    removeHost: (site: SiteLine, host: string) => changeHost(site, host, false),
    /** Takes a site of one's own away, with a way back. */
    removeOwn(site: OwnSite): Promise<void> {
      const back = { own: { [site.id]: bodyOf(site) } };
      return change({ own: { [site.id]: null } }, back, word('desk_site_removed', site.name));
    },
  };
}

export type SitesPage = ReturnType<typeof createSites>;
