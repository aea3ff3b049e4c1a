import type { Clue, SightedPerson } from '#contract/sighting.ts';
import type { Mailbox } from '../dom/mailbox.ts';
import type { Place } from './place.ts';

/** The record of the address alone: what is certain before anything is drawn. Deals and cases stand for their account. */
export function toBarePerson(place: Place): SightedPerson {
  return {
    standing: 'subject',
    isCompany: place.object !== 'contact' && place.object !== 'lead',
    clues: [{ kind: 'crm', value: `salesforce:${place.object}:${place.id}` }],
    name: null,
    title: null,
    company: null,
    signals: ['url'],
  };
}

/** The account that a record names, and how that was found; null: none. */
export type Account = { id: string; name: string | null; signal: string } | null;

/** What a record's page says of its person or company; null where it is silent. */
export interface Said {
  name: string | null;
  title?: string | null;
  company?: string | null;
  email?: { box: Mailbox; signal: string } | null;
  account?: Account;
  website?: { value: string; signal: string } | null;
}

/** The record of the address with what its page says. */
export function toPerson(place: Place, isCompany: boolean, said: Said): SightedPerson {
  const bare = toBarePerson(place);
  const { name, title = null, company = null, email = null, account = null, website = null } = said;
  const clues: Clue[] = [...bare.clues];
  if (email !== null) clues.push({ kind: 'email', value: email.box.email });
  if (account !== null) clues.push({ kind: 'crm', value: `salesforce:account:${account.id}` });
  if (website !== null) clues.push({ kind: 'domain', value: website.value.slice(0, 320) });
  const found = [email?.signal, account?.signal, website?.signal, name === null ? undefined : 'heading'];
  return {
    ...bare,
    isCompany,
    clues,
    name,
    title,
    company,
    signals: ['url', ...found.filter((signal) => signal !== undefined)],
  };
}
