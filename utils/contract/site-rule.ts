import { z } from 'zod';
import { kept } from './kept.ts';

const word = `[A-Za-z0-9._~%!$'(),;:@+-]`;
const named = String.raw`\{(?:id(?::(?:number|guid|text))?|[a-z][a-zA-Z]{0,20})\}`;
const part = String.raw`(?:${word}|${named}(?!\{))`;
const path = String.raw`(?:/(?:\*|${part}+))+/?`;
const pair = `${word}+=(?:${part}+)?`;
const pairs = `${pair}(?:&${pair})*`;
const templateForm = new RegExp(
  String.raw`^(?:${path}|/)?(?:\?${pairs})?(?:#(?:(?:/?${part}+)(?:/(?:\*|${part}+))*/?|${pairs}))?$`,
);

/**
 * Where a record's number stands in an address: a path, parameters after `?` in any order, and what follows `#` (a path or parameters as well); what a template
 * does not name may be whatever it is. `{id}` is the record's number and stands there once: letters, digits and `. _ -`. `{id:number}` takes digits alone,
 * `{id:guid}` a GUID, `{id:text}` any text; a word that opens a form or a list (`new`, `import`) is no record's. `*` and `{anyOtherName}` are one segment of whatever text.
 * `/people/{id:number}`, `/main.aspx?etn=contact&id={id:guid}`, `/app#/contact/{id}`, `#Contact/view/{id}`. No regular expressions.
 */
export const urlTemplateSchema = z
  .string()
  .min(2)
  .max(300)
  .regex(templateForm, 'is no address with named parts: write it like /people/{id}')
  .refine((text) => text.split(/\{id(?::[a-z]+)?\}/).length === 2, 'must have {id} in it, once');

const name = String.raw`-?[A-Za-z_][\w-]*`;
const quoted = String.raw`(?:"[^"\\\]\x00-\x1f]{0,120}"|'[^'\\\]\x00-\x1f]{0,120}'|${name})`;
const attribute = String.raw`\[ *${name} *(?:[*^$~|]?= *${quoted}(?: +i)? *)?\]`;
const place = String.raw`:(?:(?:first|last)-(?:child|of-type)|nth-(?:child|of-type)\([1-9]\d{0,2}\))`;
const simple = String.raw`(?:#${name}|\.${name}|${attribute}|${place})`;
const compound = `(?:${name}${simple}*|${simple}+)`;
const elements = `${compound}(?:(?: *[>+~] *| +)${compound}){0,7}`;

const bounded = (form: RegExp) =>
  z
    .string()
    .min(1)
    .max(300)
    .regex(form, 'is no selector that a rule may use: elements, #ids, .classes and [attributes]');

/**
 * Which elements of a page are meant: elements, `#ids`, `.classes` and `[attributes]`, one within or beside the other, at most eight deep; which of its kind an
 * element is (`:first-child`, `:nth-of-type(3)`); no other pseudo-classes, and no lists.
 */
export const elementSelectorSchema = bounded(new RegExp(`^${elements}$`));

/** Where a value stands: elements, and with `@attribute` at the end an attribute of theirs instead of their text. */
export const siteSelectorSchema = bounded(new RegExp(`^${elements}(?: *@[a-z][a-z-]{0,40})?$`));

/** Places where something may stand; the first that has it counts. */
const places = z.array(siteSelectorSchema).max(12);
const someElements = z.array(elementSelectorSchema).max(24).default([]);

/**
 * One kind of record that a site shows. `object` is its name in identifiers (`contact`, `account`); `isCompany`: it stands for a company, not for a person.
 * `fields`: where such a record keeps a field elsewhere than the rule's others do, or (no places) not at all.
 */
export const ruleRecordSchema = kept({
  object: z.string().regex(/^[a-z][a-z0-9_-]{0,30}$/, 'takes small letters, digits, - and _'),
  isCompany: z.boolean(),
  urls: z.array(urlTemplateSchema).min(1).max(8),
  fields: kept({
    name: places.optional(),
    title: places.optional(),
    company: places.optional(),
    email: places.optional(),
    website: places.optional(),
  }).optional(),
});

/**
 * How a site without a reader of its own is read, as data: it can say where things stand, and cannot run anything.
 * `system` is the first part of its record's identifiers (`pipedrive` in `pipedrive:contact:17`). Nothing of `fields` has to be named: the record's number alone
 * finds a contact that was imported with it. `foreign`: what stands in these belongs to other records or was written by people, and is never read.
 * `lists`: where one of these is in view, the page shows many records and nobody is in view. `rendered`: until one of these is in view the page is not there yet.
 * `scope`: the narrowest elements in which the page changes.
 */
export const siteRuleSchema = kept({
  system: z.string().regex(/^[a-z][a-z0-9_-]{1,30}$/, 'takes 2 to 31 small letters, digits, - and _'),
  records: z.array(ruleRecordSchema).min(1).max(20),
  fields: kept({
    name: places.default([]),
    title: places.default([]),
    company: places.default([]),
    email: places.default([]),
    website: places.default([]),
  }),
  foreign: someElements,
  lists: someElements,
  rendered: someElements,
  scope: someElements,
});
export type SiteRule = z.infer<typeof siteRuleSchema>;
export type RuleField = keyof SiteRule['fields'];
