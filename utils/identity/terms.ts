import type { IdentifierKey } from '#contract/ids.ts';
import type { Clue, SightedPerson } from '#contract/sighting.ts';
import { normalizeClue } from './clue.ts';
import { crmSubject } from './crm.ts';
import { domainSuffixes } from './domain.ts';
import { emailDomain } from './email.ts';
import { type HashKey, keyOf } from './hash.ts';
import { type KeyKind, listTagProbes } from './tag.ts';

/**
 * One thing to look for in the replica. `exact`: it names the sighted one itself; `untagged`: their address but for its `+tag`;
 * `domain`: it names only the company they belong to. `clue` is the evidence to show when it hits, normalised (for a parent domain: that domain).
 */
export interface LookupTerm {
  key: IdentifierKey;
  via: 'exact' | 'untagged' | 'domain';
  clue: Clue;
}

/** A term before it is hashed: `as` is the kind under which its value is. */
interface Probe extends Omit<LookupTerm, 'key'> {
  as: KeyKind;
}

/** The most telling identifiers first: a record id is given by the CRM, an address can be shared, a profile can be renamed. */
const exactOrder: readonly Clue['kind'][] = ['crm', 'email', 'linkedin', 'linkedinCompany', 'domain'];

/** Whether a normalised clue can name the sighted person, or with `isCompany` the sighted company, itself. */
export function isOwnClue(clue: Clue, isCompany: boolean): boolean {
  if (clue.kind !== 'crm') return (clue.kind === 'domain' || clue.kind === 'linkedinCompany') === isCompany;
  const subject = crmSubject(clue.value);
  return subject === 'either' || (subject === 'company') === isCompany;
}

function toProbe(via: Probe['via'], clue: Clue): Probe {
  return { via, clue, as: clue.kind };
}

function suffixProbes(domain: string): Probe[] {
  return domainSuffixes(domain).map((value) => toProbe('domain', { kind: 'domain', value }));
}

function tagProbes({ kind, value }: Clue): Probe[] {
  if (kind !== 'email') return [];
  return listTagProbes(value).map((probe) => ({
    via: 'untagged',
    clue: { kind: 'email', value: probe.value },
    as: probe.kind,
  }));
}

/** What to look for, in the order to look: see `lookupTerms`. Pure. */
export function lookupProbes(person: Pick<SightedPerson, 'clues' | 'isCompany'>): Probe[] {
  const clues = person.clues.flatMap((clue) => normalizeClue(clue) ?? []);
  const own = clues.filter((clue) => isOwnClue(clue, person.isCompany));
  const exact = exactOrder
    .flatMap((kind) => own.filter((clue) => clue.kind === kind))
    .map((clue) => toProbe('exact', clue));
  const company = clues
    .filter((clue) => !person.isCompany && !isOwnClue(clue, false) && clue.kind !== 'domain')
    .map((clue) => toProbe('domain', clue));
  const domains = clues.flatMap((clue) => {
    if (clue.kind === 'email') return suffixProbes(emailDomain(clue.value));
    return clue.kind === 'domain' ? suffixProbes(clue.value) : [];
  });
  const seen = new Set<string>();
  return [...exact, ...own.flatMap(tagProbes), ...company, ...domains].filter(({ as, clue }) => {
    const mark = `${as}:${clue.value}`;
    return !seen.has(mark) && seen.add(mark);
  });
}

/**
 * What to look for in the replica for one sighted person, in the order of trust: identifiers of their own (CRM record, address, LinkedIn),
 * then their addresses but for the `+tag`, then identifiers of their company, then the domains of their addresses from the longest to two labels.
 * Freemail domains are among them: the store never indexes one, so they miss. Name, title and company name are never looked up by key.
 */
export async function lookupTerms(
  person: Pick<SightedPerson, 'clues' | 'isCompany'>,
  hashKey: HashKey,
): Promise<LookupTerm[]> {
  return Promise.all(
    lookupProbes(person).map(async ({ as, ...probe }) => ({
      ...probe,
      key: await keyOf(hashKey, as, probe.clue.value),
    })),
  );
}
