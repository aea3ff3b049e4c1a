import type { Clue, SightedPerson } from '#contract/sighting.ts';
import { findOwn } from '../dom/own.ts';
import { holdsAny } from '../dom/query.ts';
import { readTitle } from '../dom/text.ts';
import { readEmail, readField, readLookup, readPersonName } from './fields.ts';
import type { Place } from './place.ts';
import { foreign, formBox, heading, products } from './selectors.ts';

/** What is drawn of a record: where, and under which name at the top (null: none yet). */
export interface Drawn {
  roots: readonly ParentNode[];
  name: string | null;
}

/** The record's form in front, the innermost box around it; null while none is drawn. */
export function findForm(document: Document): Element | null {
  const boxes = findOwn([document], formBox, foreign).filter((box) =>
    holdsAny(box, `${heading}, [data-id*=".fieldControl"]`),
  );
  return boxes.reduce<Element | null>((form, box) => (form === null || form.contains(box) ? box : form), null);
}

/** Where the record is read: its form; the document where no form's box is known. */
export function rootsOf(document: Document): ParentNode[] {
  return [findForm(document) ?? document];
}

/** Whether a record is drawn there at all. `name`: its heading. */
export function isRendered(roots: readonly ParentNode[], name: string | null): boolean {
  return name !== null || findOwn(roots, '[data-id*=".fieldControl"]', foreign).length > 0;
}

const titled = new RegExp(`^[^:]+: .*?: (.+) - (?:${products.join('|')})`);

/** `Contact: Sales form: Dana Ortiz - Dynamics 365`: the name; null where the title is of another form. */
function nameInTitle(document: Document): string | null {
  return titled.exec(readTitle(document))?.[1] ?? null;
}

/**
 * Whether what is drawn is one record: after a navigation in place the last one's name or fields stay a while.
 * Where the title, the heading and a person's name among the fields are told, they must be the same.
 */
export function isSettled(document: Document, { roots, name }: Drawn, place: Place): boolean {
  if (name === null) return true;
  const title = nameInTitle(document);
  if (title !== null && !title.includes(name) && !name.includes(title)) return false;
  const last = readField(roots, 'fullname_compositionLinkControl_lastname') ?? readField(roots, 'lastname');
  return (place.object !== 'contact' && place.object !== 'lead') || last === null || name.includes(last);
}

/** The record of the address alone: what is certain before anything is drawn. A deal stands for its account. */
export function toBarePerson(place: Place): SightedPerson {
  return {
    standing: 'subject',
    isCompany: place.object === 'account' || place.object === 'opportunity',
    clues: [{ kind: 'crm', value: `dynamics:${place.object}:${place.id}` }],
    name: null,
    title: null,
    company: null,
    signals: ['url'],
  };
}

function readName({ roots, name }: Drawn, { object }: Place): string | null {
  if (object === 'opportunity') return readLookup(roots, 'parentaccountid');
  return name ?? (object === 'account' ? readField(roots, 'name') : readPersonName(roots));
}

function readCompany(roots: readonly ParentNode[], { object }: Place, name: string | null): string | null {
  if (object === 'account' || object === 'opportunity') return name;
  if (object === 'contact') return readLookup(roots, 'parentcustomerid');
  return readField(roots, 'companyname') ?? readLookup(roots, 'parentaccountid');
}

/** What is drawn of the record. A deal's own fields are not its account's. */
export function readRecord(drawn: Drawn, place: Place): SightedPerson {
  const { roots } = drawn;
  const bare = toBarePerson(place);
  const isDeal = place.object === 'opportunity';
  const email = isDeal ? null : readEmail(roots);
  const website = place.object === 'account' ? readField(roots, 'websiteurl') : null;
  const clues: Clue[] = [...bare.clues];
  if (email !== null) clues.push({ kind: 'email', value: email.email });
  if (website !== null) clues.push({ kind: 'domain', value: website.slice(0, 320) });
  const name = readName(drawn, place);
  const found = [
    email === null ? [] : ['field:emailaddress1'],
    website === null ? [] : ['field:websiteurl'],
    name === null ? [] : [isDeal ? 'field:parentaccountid' : 'heading'],
  ];
  return {
    ...bare,
    clues,
    name,
    title: bare.isCompany ? null : readField(roots, 'jobtitle'),
    company: readCompany(roots, place, name),
    signals: ['url', ...found.flat()],
  };
}
