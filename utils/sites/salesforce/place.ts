import { salesforceRecord } from '../../identity/crm.ts';

/** The record that an address names. `id` as it stands there; `object` in lower case, as in a clue. */
export interface Place {
  id: string;
  object: 'contact' | 'lead' | 'account' | 'opportunity';
}

/** Lightning's name of an object in its field names. */
export const apiNames: Readonly<Record<Place['object'], string>> = {
  contact: 'Contact',
  lead: 'Lead',
  account: 'Account',
  opportunity: 'Opportunity',
};

/** The record a path leads to, its object told by the id's prefix (the path can leave it out). Null for lists, reports and other objects. */
export function placeInPath(path: string): Place | null {
  const id = /\/lightning\/r\/(?:[A-Za-z]\w*\/)?([a-zA-Z0-9]{18}|[a-zA-Z0-9]{15})\/view(?:[/?#]|$)/.exec(path)?.[1];
  const object = id === undefined ? undefined : salesforceRecord(id)?.split(':')[1];
  if (id === undefined || object === undefined) return null;
  return { id, object: object as Place['object'] };
}

/** The record an address names. In the console the path is the tab in front; `ws=` is only its parent. */
export function placeIn(url: URL): Place | null {
  return placeInPath(url.pathname);
}
