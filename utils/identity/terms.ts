import type { IdentifierKey } from '#contract/ids.ts';
import type { Clue, SightedPerson } from '#contract/sighting.ts';
import { normalizeClue } from './clue.ts';
import { crmObject } from './crm.ts';
import { domainSuffixes } from './domain.ts';
import { emailDomain } from './email.ts';
import { type HashKey, keyOf } from './hash.ts';

/**
 * One thing to look for in the replica. `exact`: it names the sighted one itself; `domain`: it names only the company they belong to.
 * `clue` is the evidence to show when it hits, normalised (for a parent domain: that domain).
 */
export interface LookupTerm {
  key: IdentifierKey;
  via: 'exact' | 'domain';
  clue: Clue;
}

type Probe = Omit<LookupTerm, 'key'>;

/** The most telling identifiers first: a record id is given by the CRM, an address can be shared, a profile can be renamed. */
const exactOrder: readonly Clue['kind'][] = ['crm', 'email', 'linkedin', 'linkedinCompany', 'domain'];
const companyObjects = new Set(['account', 'company', 'organization']);

/** Whether the clue speaks of a company, not of a person. */
function namesCompany(clue: Clue): boolean {
  if (clue.kind === 'crm') return companyObjects.has(crmObject(clue.value));
  return clue.kind === 'domain' || clue.kind === 'linkedinCompany';
}

function suffixProbes(domain: string): Probe[] {
  return domainSuffixes(domain).map((value) => ({ via: 'domain', clue: { kind: 'domain', value } }));
}

/** What to look for, in the order to look: see `lookupTerms`. Pure. */
export function lookupProbes(person: Pick<SightedPerson, 'clues' | 'isCompany'>): Probe[] {
  const clues = person.clues.flatMap((clue) => normalizeClue(clue) ?? []);
  const own = clues.filter((clue) => namesCompany(clue) === person.isCompany);
  const exact = exactOrder
    .flatMap((kind) => own.filter((clue) => clue.kind === kind))
    .map((clue): Probe => ({ via: 'exact', clue }));
  const company = clues
    .filter((clue) => namesCompany(clue) && !person.isCompany && clue.kind !== 'domain')
    .map((clue): Probe => ({ via: 'domain', clue }));
  const domains = clues.flatMap((clue) => {
    if (clue.kind === 'email') return suffixProbes(emailDomain(clue.value));
    return clue.kind === 'domain' ? suffixProbes(clue.value) : [];
  });
  const seen = new Set<string>();
  return [...exact, ...company, ...domains].filter(({ clue }) => {
    const mark = `${clue.kind}:${clue.value}`;
    return !seen.has(mark) && seen.add(mark);
  });
}

/**
 * What to look for in the replica for one sighted person, in the order of trust: identifiers of their own (CRM record, address, LinkedIn),
 * then those of their company, then the domains of their addresses from the longest to two labels.
 * Freemail domains are among them: the store never indexes one, so they miss. Name, title and company name are never looked up.
 */
export async function lookupTerms(
  person: Pick<SightedPerson, 'clues' | 'isCompany'>,
  hashKey: HashKey,
): Promise<LookupTerm[]> {
  return Promise.all(
    lookupProbes(person).map(async (probe) => ({
      ...probe,
      key: await keyOf(hashKey, probe.clue.kind, probe.clue.value),
    })),
  );
}
