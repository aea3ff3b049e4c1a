import { salesforceRecord, toSalesforce18 } from '../../identity/crm.ts';

/** The record that an address names. `id` as it stands there; `object` in lower case, as in a clue; `look`: which of Salesforce's two interfaces draws it. */
export interface Place {
  id: string;
  object: 'contact' | 'lead' | 'account' | 'opportunity' | 'case';
  look: 'lightning' | 'classic';
}

/** Lightning's name of an object in its field names. */
export const apiNames: Readonly<Record<Place['object'], string>> = {
  contact: 'Contact',
  lead: 'Lead',
  account: 'Account',
  opportunity: 'Opportunity',
  case: 'Case',
};

/** An id's first three characters say which object it is of, whatever the path calls it. */
const objects: Readonly<Record<string, Place['object']>> = {
  '001': 'account',
  '003': 'contact',
  '006': 'opportunity',
  '00Q': 'lead',
  '500': 'case',
};

const id = '([a-zA-Z0-9]{18}|[a-zA-Z0-9]{15})';
const end = '(?:[/?#]|$)';
const lightningPaths = [
  new RegExp(`/lightning/r/(?:[A-Za-z]\\w*/)?${id}/view${end}`),
  // Lightning's first years.
  new RegExp(`/(?:sObject|n/sObject)/${id}/view${end}`),
  // Sites for partners and customers: `/s/contact/<id>/<name>`, `/s/detail/<id>`.
  new RegExp(`/(?:contact|lead|account|opportunity|case|detail)/${id}${end}`),
];
const classicPath = new RegExp(`^/${id}/?$`);

function toPlace(record: string | undefined, look: Place['look']): Place | null {
  if (record === undefined) return null;
  const object = objects[salesforceRecord(record)?.slice(-18, -15) ?? record.slice(0, 3)];
  return object === undefined ? null : { id: record, object, look };
}

/** The record a path or a link leads to, its object told by the id's prefix (the path can leave it out). Null for lists, reports, forms and other objects. */
export function placeInPath(link: string): Place | null {
  const path = link.replace(/^https:\/\/[^/]+/, '');
  for (const pattern of lightningPaths) {
    const place = toPlace(pattern.exec(path)?.[1], 'lightning');
    if (place !== null) return place;
  }
  return toPlace(classicPath.exec(path.replace(/[?#].*$/, ''))?.[1], 'classic');
}

/** The record whose list a link leads to, in 18 characters; null when it leads to none. */
export function placeInOwnList(link: string): string | null {
  const record = /\/lightning\/r\/(?:\w+\/)?(\w{15,18})\/related\//.exec(link)?.[1];
  return record === undefined ? null : (toSalesforce18(record) ?? record);
}

/** The record an address names. In the console the path is the tab in front; `ws=` is only its parent. */
export function placeIn(url: URL): Place | null {
  if (url.pathname === '/one/one.app') return placeInPath(url.hash.slice(1));
  if (/^\/apex\/\w+$/.test(url.pathname)) return toPlace(url.searchParams.get('id') ?? undefined, 'classic');
  return placeInPath(url.pathname);
}
