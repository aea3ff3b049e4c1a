/** The record that an address names; `id` a GUID in lower case without braces. */
export interface Place {
  object: 'contact' | 'lead' | 'account' | 'opportunity';
  id: string;
}

/** An object by its name, and by the number that addresses before 2020 give instead. */
const objects: Readonly<Record<string, Place['object']>> = {
  contact: 'contact',
  lead: 'lead',
  account: 'account',
  opportunity: 'opportunity',
  '1': 'account',
  '2': 'contact',
  '3': 'opportunity',
  '4': 'lead',
};

const guid = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

/** An address's parameters by name in lower case: in the query, and in the query that an older address holds in one of them. */
function parametersOf(url: URL): Map<string, string> {
  const inner = new URLSearchParams(url.searchParams.get('extraqs')?.replace(/^\?/, '') ?? '');
  return new Map([...inner, ...url.searchParams].map(([name, value]) => [name.toLowerCase(), value.trim()]));
}

/** The record an address names, its parameters in any order; null for lists, dashboards, forms for a new record and other objects. */
export function placeIn(url: URL): Place | null {
  if (!/\/main\.aspx$/i.test(url.pathname)) return null;
  const parameters = parametersOf(url);
  if (parameters.get('pagetype')?.toLowerCase() !== 'entityrecord') return null;
  const object = objects[(parameters.get('etn') ?? parameters.get('etc') ?? '').toLowerCase()];
  const id = guid.exec(parameters.get('id') ?? '')?.[1]?.toLowerCase();
  return object === undefined || id === undefined ? null : { object, id };
}
