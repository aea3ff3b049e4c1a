import type { RecordMatch } from '../rules/find-record.ts';

type Kind = 'partner' | 'lead';

/** Odoo's models, and the words that stand for them in its addresses since version 18. */
const objects: Readonly<Record<string, Kind>> = {
  'res.partner': 'partner',
  contacts: 'partner',
  customers: 'partner',
  vendors: 'partner',
  'crm.lead': 'lead',
  crm: 'lead',
  leads: 'lead',
};

/** `/web#id=7&model=res.partner&view_type=form`, in any order, until version 17. */
function inHash(url: URL): { word: string; id: string } | null {
  if (!/^\/web\/?$/.test(url.pathname)) return null;
  const given = new URLSearchParams(url.hash.slice(1));
  const view = given.get('view_type') ?? 'form';
  return view === 'form' ? { word: given.get('model') ?? '', id: given.get('id') ?? '' } : null;
}

/** `/odoo/contacts/7`; before it may stand where one came from (`/odoo/crm/3/res.partner/7`): the last record is the one in view. */
function inPath(url: URL): { word: string; id: string } | null {
  const [, path] = /^\/(?:odoo|scoped_app)\/(.+?)\/?$/.exec(url.pathname) ?? [];
  const [id = '', word = ''] = (path ?? '').split('/').reverse();
  return path === undefined ? null : { word, id };
}

/** The contact or lead that an address of Odoo's names; null for lists, boards and other models. Whether a contact is a company only its page says. */
export function placeIn(url: URL): RecordMatch | null {
  const { word, id } = inHash(url) ?? inPath(url) ?? { word: '', id: '' };
  const object = Object.hasOwn(objects, word) ? objects[word] : undefined;
  if (object === undefined || !/^[1-9]\d{0,15}$/.test(id)) return null;
  return { object, isCompany: false, template: word, id };
}
