/** The record that an address names; `id` is the record's number as it stands there. */
export interface Place {
  object: 'contact' | 'company' | 'deal' | 'ticket';
  id: string;
}

const objects: Readonly<Record<string, Place['object']>> = {
  '0-1': 'contact',
  '0-2': 'company',
  '0-3': 'deal',
  '0-5': 'ticket',
  contact: 'contact',
  company: 'company',
  deal: 'deal',
  ticket: 'ticket',
};

const record =
  /^\/(?:contacts|sales)\/\d+\/(?:record\/(0-[1235])|(contact|company|deal|ticket))\/(\d{1,20})(?=[/?#]|$)(.*)/;

/** The record of a path or a link and whether the path goes on behind it; null for lists, dashboards and other objects. */
export function placeInPath(link: string): (Place & { hasMore: boolean }) | null {
  const [, number, word, id, rest = ''] = record.exec(link.replace(/^https:\/\/[^/]+/, '')) ?? [];
  const object = objects[number ?? word ?? ''];
  return id === undefined || object === undefined ? null : { object, id, hasMore: /^\/[a-z]/.test(rest) };
}

/** The record an address names, in the present form (`/contacts/<portal>/record/0-1/<id>`) or the older one (`/contacts/<portal>/contact/<id>`). */
export function placeIn(url: URL): Place | null {
  const place = placeInPath(url.pathname);
  return place === null ? null : { object: place.object, id: place.id };
}
