import type { SightedPerson } from '#contract/sighting.ts';
import { toSalesforce18 } from '../../identity/crm.ts';
import { findOwn } from '../dom/own.ts';
import { type Drawn, findField, readAccount, readCertainName, readEmail, readField, readName } from './fields.ts';
import { nameInTitle, readHeading } from './front.ts';
import { type Account, toPerson } from './person.ts';
import { placeInOwnList } from './place.ts';
import { foreign, heading, notInFront, ownListLink, personField, personName } from './selectors.ts';

function isOneName(one: string | null, other: string | null): boolean {
  return one === null || other === null || one.includes(other) || other.includes(one);
}

/** Whether a case's title is its number and its heading what it is about: the two cannot be held against each other. The number among the fields can. */
function isNumbered(drawn: Drawn, title: string | null, name: string | null): boolean {
  if (drawn.place.object !== 'case' || !/^\d+$/.test(title ?? '') || /^\d+$/.test(name ?? '')) return false;
  const number = readField(findField(drawn, 'CaseNumber'));
  return number === null || number === title;
}

/**
 * Whether what is drawn is the record of the address: after a navigation in place the last one's fields stay a while.
 * Title, heading and the name among the fields must speak of one record, and links to its lists, where there are any, must be this record's.
 */
export function isSettled(document: Document, drawn: Drawn): boolean {
  const name = readHeading(drawn.roots);
  const title = nameInTitle(document);
  if (!(isOneName(title, name) || isNumbered(drawn, title, name)) || !isOneName(readCertainName(drawn), name))
    return false;
  const owners = findOwn(drawn.roots, ownListLink, notInFront).flatMap(
    (link) => placeInOwnList(link.getAttribute('href') ?? '') ?? [],
  );
  return owners.length === 0 || owners.includes(toSalesforce18(drawn.place.id) ?? drawn.place.id);
}

/** An account that is a person: it has a person's fields, or its name is one in parts. */
function isPersonAccount({ roots }: Drawn): boolean {
  if (findOwn(roots, personField, foreign).length > 0) return true;
  return findOwn(roots, heading, foreign).some((element) => element.querySelector(personName) !== null);
}

function accountOf(drawn: Drawn): Account {
  const account = readAccount(drawn);
  return account === null ? null : { ...account, signal: 'field:AccountId' };
}

/** A contact, a lead, or an account that is a person. */
function readPerson(drawn: Drawn, prefix: '' | 'Person'): SightedPerson {
  const account = drawn.place.object === 'contact' ? accountOf(drawn) : null;
  return toPerson(drawn.place, false, {
    name: readHeading(drawn.roots) ?? readName(drawn),
    title: readField(findField(drawn, `${prefix}Title`)),
    company: account?.name ?? readField(findField(drawn, drawn.place.object === 'lead' ? 'Company' : 'AccountId')),
    email: readEmail(drawn, `${prefix}Email`),
    account,
  });
}

function readCompany(drawn: Drawn): SightedPerson {
  const website = readField(findField(drawn, 'Website'));
  const name = readHeading(drawn.roots) ?? readName(drawn);
  return toPerson(drawn.place, true, {
    name,
    company: name,
    website: website === null ? null : { value: website, signal: 'field:Website' },
  });
}

/** What is drawn of the record; null where it leads to nobody: a case without an account. */
export function readLightning(drawn: Drawn): SightedPerson | null {
  const { object } = drawn.place;
  if (object === 'contact' || object === 'lead') return readPerson(drawn, '');
  if (object === 'account') return isPersonAccount(drawn) ? readPerson(drawn, 'Person') : readCompany(drawn);
  const account = accountOf(drawn);
  if (account === null && object === 'case') return null;
  const name = account?.name ?? null;
  return toPerson(drawn.place, true, { name, company: name, account });
}
