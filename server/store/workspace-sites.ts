import { getPublicSuffix } from 'tldts';
import type { Problem } from '#contract/session.ts';
import { mostOfSites, type SettingsChange, type WorkspaceSites, workspaceSitesSchema } from '#contract/settings.ts';
import { ProblemError } from '../problem.ts';

type Change = NonNullable<SettingsChange['sites']>;
type Fault = NonNullable<Problem['errors']>[number];

/** What a workspace may say of sites in all, as JSON, in characters: every device carries it. */
const mostText = 200_000;

function idOf(raw: unknown): unknown {
  return typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : null;
}

function changeOff(present: readonly string[], change: Change['off'] = {}): string[] {
  const rest = present.filter((site) => !(site in change));
  return [...rest, ...Object.keys(change).filter((site) => change[site])];
}

function changeHosts(present: WorkspaceSites['hosts'], change: Change['hosts'] = {}): WorkspaceSites['hosts'] {
  const changed = Object.entries(change).map(([site, { add, remove }]) => {
    const stay = (present[site] ?? []).filter((host) => !remove.includes(host));
    return [site, [...new Set([...stay, ...add])]] satisfies [string, string[]];
  });
  const all = Object.entries({ ...present, ...Object.fromEntries(changed) });
  return Object.fromEntries(all.filter(([, hosts]) => hosts.length > 0));
}

/** A site that is there keeps its place in the list; one that this store does not understand stays as it is until it is named. */
function changeOwn(present: readonly unknown[], change: Change['own'] = {}): unknown[] {
  const named = new Map(Object.entries(change));
  const place = (raw: unknown): unknown => {
    const id = idOf(raw);
    if (typeof id !== 'string' || !named.has(id)) return raw;
    const next = named.get(id);
    named.delete(id);
    return next ? { id, ...next } : null;
  };
  const kept = present.map(place);
  const added = [...named].map(([id, next]) => next && { id, ...next });
  return [...kept, ...added].filter((site) => site !== null);
}

/** `*.co.uk` would reach every company of a country. */
function isTooWide(host: string): boolean {
  const under = host.replace(/^\*\./, '');
  return under !== host && getPublicSuffix(under, { allowPrivateDomains: true }) === under;
}

function findTooWide(change: Change): Fault[] {
  const lists = [
    ...Object.entries(change.hosts ?? {}).map(([site, { add }]) => [`hosts.${site}.add`, add] as const),
    ...Object.entries(change.own ?? {}).map(([id, site]) => [`own.${id}.hosts`, site?.hosts ?? []] as const),
  ];
  return lists.flatMap(([path, hosts]) =>
    hosts.flatMap((host, index) =>
      isTooWide(host)
        ? [{ path: `sites.${path}.${index}`, message: 'would be read at every company under it: name your own' }]
        : [],
    ),
  );
}

function findTooMany(sites: WorkspaceSites): Fault[] {
  const faults: Fault[] = [];
  if (sites.own.length > mostOfSites.own)
    faults.push({ path: 'sites.own', message: `are more than ${mostOfSites.own}: remove one first` });
  for (const [site, hosts] of Object.entries(sites.hosts))
    if (hosts.length > mostOfSites.hosts)
      faults.push({ path: `sites.hosts.${site}`, message: `are more than ${mostOfSites.hosts}: remove one first` });
  if (sites.off.length > 200) faults.push({ path: 'sites.off', message: 'are more than 200' });
  if (JSON.stringify(sites).length > mostText)
    faults.push({ path: 'sites', message: `are longer than ${mostText} characters together` });
  return faults;
}

/**
 * The workspace's word on sites after a change: what is named changes and nothing else. Pure. Throws a `ProblemError` 422 that names each fault by its path,
 * when there would be too many or a host would reach everybody's.
 */
export function changeSites(present: WorkspaceSites | undefined, change: Change): WorkspaceSites {
  const before = present ?? workspaceSitesSchema.parse({});
  const after = {
    ...before,
    off: changeOff(before.off, change.off),
    hosts: changeHosts(before.hosts, change.hosts),
    own: changeOwn(before.own, change.own),
  };
  const errors = [...findTooWide(change), ...findTooMany(after)];
  const [first] = errors;
  if (first !== undefined)
    throw new ProblemError(422, 'invalid', `The sites are not as expected: ${first.path} ${first.message}.`, {
      errors,
    });
  return after;
}
