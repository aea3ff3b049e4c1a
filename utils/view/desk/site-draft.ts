import { type OwnSite, ownSiteSchema } from '#contract/settings.ts';
import type { OwnSiteId } from '#contract/sighting.ts';
import {
  elementSelectorSchema,
  type RuleField,
  type SiteRule,
  siteSelectorSchema,
  urlTemplateSchema,
} from '#contract/site-rule.ts';
import { word } from '../../platform/words.ts';
import { linesOf } from './lines-of.ts';

/** The fields of a rule in the order in which they are written. */
export const ruleFields: readonly RuleField[] = ['name', 'email', 'company', 'title', 'website'];
/** What of a page a rule can mark, in that order. */
export const ruleMarks = ['lists', 'foreign', 'rendered', 'scope'] as const;
export type RuleMark = (typeof ruleMarks)[number];

/** One kind of record, as it is typed. `urls`: an address template a line. */
export interface RecordDraft {
  object: string;
  isCompany: boolean;
  urls: string;
}

/** A site of one's own in the editor. What takes several holds one a line. `system` empty: as the site is called. `base`: what was there before; null: a new one. */
export interface SiteDraft {
  id: OwnSiteId;
  base: OwnSite | null;
  name: string;
  hosts: string;
  system: string;
  records: RecordDraft[];
  fields: Record<RuleField, string>;
  marks: Record<RuleMark, string>;
}

/** What a line of the editor is about: `hosts`, `records.0.urls`, `fields.email`; and a sentence for the person. */
export interface SiteFault {
  at: string;
  message: string;
}

/** A host as somebody pastes it: a whole address gives its host, letters of any script their ASCII form. */
export function readHost(typed: string): string {
  const text = typed.trim().toLowerCase();
  const [, star = '', rest = ''] = /^(\*\.)?(.*)$/.exec(text) ?? [];
  const address = rest.includes('://') ? rest : `https://${rest}`;
  return rest !== '' && URL.canParse(address) ? star + new URL(address).hostname : text;
}

function slug(name: string, most: number): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return plain.slice(0, most).replace(/^-+|-+$/g, '');
}

const emptyFields = Object.fromEntries(ruleFields.map((field) => [field, ''])) as SiteDraft['fields'];
const emptyMarks = Object.fromEntries(ruleMarks.map((mark) => [mark, ''])) as SiteDraft['marks'];

/** An empty site with one kind of record. Two admins who describe two sites at once get two ids. */
export function createSiteDraft(): SiteDraft {
  const id: OwnSiteId = `own-${crypto.randomUUID().slice(0, 8)}`;
  const records = [{ object: 'contact', isCompany: false, urls: '' }];
  return { id, base: null, name: '', hosts: '', system: '', records, fields: emptyFields, marks: emptyMarks };
}

/** A site as it stands, to be edited. */
export function draftFromSite(site: OwnSite): SiteDraft {
  const { id, name, hosts, rule } = site;
  const join = <K extends string>(keys: readonly K[], lists: Record<K, readonly string[]>) =>
    Object.fromEntries(keys.map((key) => [key, lists[key].join('\n')])) as Record<K, string>;
  return {
    ...{ id, base: site, name, hosts: hosts.join('\n'), system: rule.system },
    records: rule.records.map(({ object, isCompany, urls }) => ({ object, isCompany, urls: urls.join('\n') })),
    fields: join(ruleFields, rule.fields),
    marks: join(ruleMarks, rule),
  };
}

/** What a site's records are called by when nobody says it otherwise. */
export function nameSystem({ system, name }: Pick<SiteDraft, 'system' | 'name'>): string {
  return system.trim() || slug(name, 31);
}

/** The site that the draft describes, as far as it does: not yet held against the contract. What the editor does not show of a site that was there stays. */
export function toSite(draft: SiteDraft): unknown {
  const { id, base, name, hosts, records, fields, marks } = draft;
  const split = (typed: Record<string, string>) =>
    Object.fromEntries(Object.entries(typed).map(([key, text]) => [key, linesOf(text)]));
  const kept = new Map(base?.rule.records.map((record) => [record.object, record]));
  const rule = {
    ...base?.rule,
    system: nameSystem(draft),
    records: records.map(({ object, isCompany, urls }) => ({
      ...kept.get(object.trim()),
      ...{ object: object.trim(), isCompany, urls: linesOf(urls) },
    })),
    fields: { ...base?.rule.fields, ...split(fields) },
    ...split(marks),
  };
  return { ...base, id, name: name.trim(), hosts: linesOf(hosts).map(readHost), rule };
}

const mapTexts = <K extends string>(texts: Record<K, string>, change: (text: string) => string) =>
  Object.fromEntries(Object.entries<string>(texts).map(([key, text]) => [key, change(text)])) as Record<K, string>;

/** The rule of a draft as far as it is whole, to be tried while it is being written: lines that are not understood are left out. Null: no line tells a record. */
export function toWholeRule(draft: SiteDraft): SiteRule | null {
  const keep = (text: string, { safeParse }: typeof urlTemplateSchema) =>
    linesOf(text)
      .filter((line) => safeParse(line).success)
      .join('\n');
  const site = ownSiteSchema.safeParse(
    toSite({
      ...draft,
      ...{ name: 'draft', hosts: 'draft.example', system: 'draft' },
      records: draft.records
        .map(({ object, isCompany, urls }) => ({
          ...{ object: slug(object, 31) || 'record', isCompany },
          urls: keep(urls, urlTemplateSchema),
        }))
        .filter(({ urls }) => urls !== ''),
      fields: mapTexts(draft.fields, (text) => keep(text, siteSelectorSchema)),
      marks: mapTexts(draft.marks, (text) => keep(text, elementSelectorSchema)),
    }),
  );
  return site.success ? site.data.rule : null;
}

const wordOf: readonly (readonly [form: RegExp, key: string])[] = [
  [/^hosts$/, 'desk_fault_host'],
  [/^records\.\d+\.urls$/, 'desk_fault_template'],
  [/^records\.\d+\.object$/, 'desk_fault_object'],
  [/^system$/, 'desk_fault_system'],
  [/^(?:fields\.|lists|foreign|rendered|scope)/, 'desk_fault_selector'],
];

/** A path of the contract as the editor's fields are named, and which of its lines is meant; null: the whole of it. */
export function placeOfFault(path: string): { at: string; line: number | null } {
  const [, at = path, line] = /^(?:rule\.)?(.*?)(?:\.(\d+))?$/.exec(path) ?? [];
  return { at, line: line === undefined ? null : Number(line) };
}

/** What was typed at a place of the editor, line by line. */
export function readLines(draft: SiteDraft, at: string): string[] {
  const [head = '', index = '', key = ''] = at.split('.');
  if (head === 'records') return linesOf(draft.records[Number(index)]?.[key === 'object' ? 'object' : 'urls'] ?? '');
  if (head === 'fields') return linesOf(draft.fields[index as RuleField] ?? '');
  if (head === 'hosts' || head === 'name') return linesOf(draft[head]);
  return head === 'system' ? [nameSystem(draft)] : linesOf(draft.marks[head as RuleMark] ?? '');
}

function sayFault(draft: SiteDraft, at: string, line: number | null, message: string): string {
  const lines = readLines(draft, at);
  if (lines.length === 0) return word(`desk_fault_missing_${/^\w+$/.test(at) ? at : (at.split('.').at(-1) ?? at)}`);
  const key = wordOf.find(([form]) => form.test(at))?.[1];
  return key === undefined ? message : word(key, lines[line ?? 0] ?? '');
}

/** A host that another site has already. */
export interface TakenHost {
  host: string;
  site: string;
}

/** What stops a site from being saved, each fault at the field and line where it was written. */
export function findSiteFaults(draft: SiteDraft, taken: readonly TakenHost[]): (SiteFault & { line: number | null })[] {
  const parsed = ownSiteSchema.safeParse(toSite(draft));
  const faults = (parsed.error?.issues ?? []).map(({ path, message }) => {
    const place = placeOfFault(path.join('.'));
    return { ...place, message: sayFault(draft, place.at, place.line, message) };
  });
  readLines(draft, 'hosts').forEach((typed, line) => {
    const other = taken.find(({ host }) => host === readHost(typed));
    if (other !== undefined)
      faults.push({ at: 'hosts', line, message: word('desk_fault_host_taken', typed, other.site) });
  });
  return faults;
}

/** What the store found wrong, at the fields of the editor. */
export function readStoreFaults(draft: SiteDraft, fields: readonly { path: string; message: string }[]): SiteFault[] {
  const prefix = `sites.own.${draft.id}.`;
  return fields
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ path, message }) => {
      const { at, line } = placeOfFault(path.slice(prefix.length));
      const typed = readLines(draft, at)[line ?? 0];
      return { at, message: typed === undefined ? message : word('desk_fault_store', typed, message) };
    });
}
