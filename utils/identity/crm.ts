const checksumLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Which object a Salesforce record id belongs to, by its first three characters. */
const salesforceObjects: Readonly<Record<string, string>> = {
  '001': 'account',
  '003': 'contact',
  '006': 'opportunity',
  '00Q': 'lead',
};

/** For each of three groups of five characters: a letter that says which of them are capitals. */
function caseChecksum(id15: string): string {
  return [0, 5, 10]
    .map((start) => {
      let bits = 0;
      for (let place = 0; place < 5; place += 1) {
        const character = id15[start + place] ?? '';
        if (character >= 'A' && character <= 'Z') bits |= 1 << place;
      }
      return checksumLetters[bits];
    })
    .join('');
}

/** The first 15 characters with the capitals that the checksum names, so that an id whose case a spreadsheet lost is whole again. Null when they do not fit. */
function restoreCase(id18: string): string | null {
  const lower = id18.slice(0, 15).toLowerCase();
  const groups = [...id18.slice(15).toUpperCase()].map((letter) => checksumLetters.indexOf(letter));
  if (groups.includes(-1)) return null;
  const restored = [...lower]
    .map((character, place) =>
      ((groups[Math.floor(place / 5)] ?? 0) >> (place % 5)) & 1 ? character.toUpperCase() : character,
    )
    .join('');
  return caseChecksum(restored) === id18.slice(15).toUpperCase() ? restored : null;
}

/** A Salesforce record id in 18 characters; 15 get their checksum, 18 get their case back. Null when it is no id. */
export function toSalesforce18(id: string): string | null {
  if (/^[a-zA-Z0-9]{15}$/.test(id)) return id + caseChecksum(id);
  if (!/^[a-zA-Z0-9]{18}$/.test(id)) return null;
  const restored = restoreCase(id);
  return restored === null ? null : restored + caseChecksum(restored);
}

/** `salesforce:<object>:<18 characters>` for a bare record id, its object told by the prefix. Null when it is no id or of another object. */
export function salesforceRecord(id: string): string | null {
  const full = toSalesforce18(id.trim());
  const object = full === null ? undefined : salesforceObjects[full.slice(0, 3)];
  return full === null || object === undefined ? null : `salesforce:${object}:${full}`;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Systems whose record ids are numbers: what a table or a page puts before them says nothing. */
const numbered: ReadonlySet<string> = new Set(['hubspot', 'odoo', 'pipedrive', 'zoho', 'copper', 'freshsales']);

/** One object, one word: sites and tables say it in the plural, by a type's number or by a module's name. */
const objectWords: Readonly<Record<string, string>> = {
  contacts: 'contact',
  leads: 'lead',
  accounts: 'account',
  companies: 'company',
  organizations: 'organization',
  organisations: 'organization',
  organisation: 'organization',
  people: 'person',
  persons: 'person',
  prospects: 'prospect',
  opportunities: 'opportunity',
  deals: 'deal',
  '0-1': 'contact',
  '0-2': 'company',
  'res.partner': 'partner',
  'crm.lead': 'lead',
};

function normalizeId(system: string, raw: string): string | null {
  const id = raw.replace(/^(?:\{|%7b)(.*)(?:\}|%7d)$/iu, '$1');
  if (guid.test(id)) return id.toLowerCase();
  if (id !== raw || !/^[\w.-]{1,100}$/.test(id)) return null;
  return numbered.has(system) && /^\d+$/.test(id) ? id.replace(/^0+(?=\d)/, '') : id;
}

/**
 * The one form of a CRM record's identifier `<system>:<object>:<id>`. System and object in lower case, the object in the singular; the id as it is, but
 * a GUID bare and in lower case, a number without zeros before it where ids are numbers, Salesforce's in 18 characters with the object told by the
 * id's prefix where that is known. Null when a part is missing. Idempotent.
 */
export function normalizeCrm(raw: string): string | null {
  const parts = /^([a-z][a-z0-9_-]*):([a-z0-9][a-z0-9_.-]*):([^\s:]{1,110})$/i.exec(raw.trim());
  if (parts === null) return null;
  const [system = '', said = '', id = ''] = parts
    .slice(1)
    .map((part, index) => (index < 2 ? part.toLowerCase() : part));
  const object = objectWords[said] ?? said;
  if (system === 'salesforce') {
    const full = toSalesforce18(id);
    return full === null ? null : (salesforceRecord(full) ?? `salesforce:${object}:${full}`);
  }
  const normal = normalizeId(system, id);
  return normal === null ? null : `${system}:${object}:${normal}`;
}

/** The object of a normalised CRM identifier: `salesforce:contact:003…` → `contact`. */
export function crmObject(crm: string): string {
  return crm.split(':')[1] ?? '';
}

/** What records of an object are about. An object that is not listed may be either: a company's own CRM calls them what it likes. */
const subjects: Readonly<Record<string, 'person' | 'company'>> = {
  contact: 'person',
  lead: 'person',
  person: 'person',
  prospect: 'person',
  account: 'company',
  company: 'company',
  organization: 'company',
  // Close calls a company a lead.
  'close:lead': 'company',
};

/** Whether a normalised CRM identifier names a person, a company, or what its page shows, be it either. */
export function crmSubject(crm: string): 'person' | 'company' | 'either' {
  const object = crmObject(crm);
  return subjects[`${crm.split(':')[0]}:${object}`] ?? subjects[object] ?? 'either';
}
