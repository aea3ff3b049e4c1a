import type { SightedPerson, Standing } from '#contract/sighting.ts';
import { normalizeClue } from './clue.ts';
import { domainSuffixes } from './domain.ts';
import { emailDomain, normalizeEmail } from './email.ts';
import { isRoleAddress } from './role-address.ts';

/** Which side of the table somebody in view sits on: a customer, or whoever else the rep may sell to; a shared mailbox; one of the workspace's own people. */
export type Side = 'customer' | 'shared' | 'colleague';

/** The workspace as its mail shows it. `addresses`: the viewer's own; `domains`: those of the company, registrable. Both normalised. */
export interface OwnSide {
  addresses: ReadonlySet<string>;
  domains: ReadonlySet<string>;
}

const standings: readonly Standing[] = ['recipient', 'subject', 'sender', 'participant'];
const sides: readonly Side[] = ['customer', 'shared', 'colleague'];

function isOwnDomain(domain: string, own: OwnSide): boolean {
  return domainSuffixes(domain).some((suffix) => own.domains.has(suffix));
}

/** The side of one sighted person or company, by every address and domain they have: one of the workspace's own makes a colleague. Pure. */
export function sideOf(person: Pick<SightedPerson, 'clues' | 'isCompany'>, own: OwnSide): Side {
  const clues = person.clues.flatMap((clue) => normalizeClue(clue) ?? []);
  const emails = clues.filter((clue) => clue.kind === 'email').map((clue) => clue.value);
  const domains = clues.filter((clue) => clue.kind === 'domain').map((clue) => clue.value);
  if (emails.some((email) => own.addresses.has(email))) return 'colleague';
  if ([...domains, ...emails.map(emailDomain)].some((domain) => isOwnDomain(domain, own))) return 'colleague';
  // One mailbox of several makes no post of somebody whose record lists it.
  return emails.length > 0 && emails.length === clues.length && emails.every(isRoleAddress) ? 'shared' : 'customer';
}

/**
 * Everybody in view in the order in which a card is wanted: customers before shared mailboxes before colleagues, and among each the compose's
 * recipients, the page's subject, the last sender, others; what is equal stays in the reader's order. `index` is the place in the sighting. Pure.
 */
export function orderPeople(people: readonly SightedPerson[], own: OwnSide): { index: number; side: Side }[] {
  return people
    .map((person, index) => ({ index, side: sideOf(person, own), standing: standings.indexOf(person.standing) }))
    .sort((a, b) => sides.indexOf(a.side) - sides.indexOf(b.side) || a.standing - b.standing || a.index - b.index)
    .map(({ index, side }) => ({ index, side }));
}

/** The own side from what a device knows: the member's address and the workspace's domains. What is no address is left out. */
export function toOwnSide(address: string, domains: readonly string[]): OwnSide {
  const email = normalizeEmail(address);
  return { addresses: new Set(email === null ? [] : [email]), domains: new Set(domains) };
}
