import { z } from 'zod';
import { kept } from './kept.ts';

const word = String.raw`[A-Za-z0-9._~%!$'(),;:@+-]`;
const part = String.raw`(?:${word}|\{[a-z][a-zA-Z]{0,20}\})`;
const path = String.raw`(?:/(?:\*|${part}+))+/?`;
const pair = String.raw`${word}+=(?:${part}+)?`;
const pairs = String.raw`${pair}(?:&${pair})*`;
const templateForm = new RegExp(
  String.raw`^(?:${path}|/)(?:\?${pairs})?(?:#(?:(?:/?${part}+)(?:/(?:\*|${part}+))*/?|${pairs}))?$`,
);

/**
 * Where a record's number stands in an address: a path, parameters after `?` in any order, and what follows `#` (a path or parameters as well).
 * `{id}` is the record's number and stands there once; `*` and `{anyOtherName}` are one segment of whatever text. `/people/{id}`,
 * `/main.aspx?etn=contact&id={id}`, `/app#/contact/{id}`. No regular expressions.
 */
export const urlTemplateSchema = z
  .string()
  .min(2)
  .max(300)
  .regex(templateForm, 'is no address with named parts: write it like /people/{id}')
  .refine((text) => text.split('{id}').length === 2, 'must have {id} in it, once');

const name = String.raw`-?[A-Za-z_][\w-]*`;
const quoted = String.raw`(?:"[^"\\\]]{0,120}"|'[^'\\\]]{0,120}'|[\w-]{1,60})`;
const attribute = String.raw`\[\s*${name}\s*(?:[*^$~|]?=\s*${quoted}\s*i?\s*)?\]`;
const simple = String.raw`(?:#${name}|\.${name}|${attribute})`;
const compound = String.raw`(?:${name}${simple}*|${simple}+)`;
const selectorForm = new RegExp(
  String.raw`^${compound}(?:(?:\s*[>+~]\s*|\s+)${compound}){0,7}(?:\s*@[a-z][a-z-]{0,40})?$`,
);

/**
 * Which element of a page is meant: elements, `#ids`, `.classes` and `[attributes]`, one within or beside the other, at most eight deep; no pseudo-classes.
 * `@attribute` at the end: the attribute's text counts instead of the element's.
 */
export const siteSelectorSchema = z
  .string()
  .min(1)
  .max(300)
  .regex(selectorForm, 'is no selector that a rule may use: elements, #ids, .classes and [attributes]');

/** Places where something may stand; the first that has it counts. */
const places = z.array(siteSelectorSchema).max(8).default([]);

/** One kind of record that a site shows. `object` is its name in identifiers (`contact`, `account`); `isCompany`: it stands for a company, not for a person. */
export const ruleRecordSchema = kept({
  object: z.string().regex(/^[a-z][a-z0-9_-]{0,30}$/, 'takes small letters, digits, - and _'),
  isCompany: z.boolean(),
  urls: z.array(urlTemplateSchema).min(1).max(8),
});

/**
 * How a site without a reader of its own is read, as data: it can say where things stand, and cannot run anything.
 * `system` is the first part of its record's identifiers (`pipedrive` in `pipedrive:contact:17`). Nothing of `fields` has to be named: the record's number alone
 * finds a contact that was imported with it. `lists`: where one of these is in view, the page shows many records and nobody is in view.
 * `rendered`: until one of these is in view the page is not there yet. `scope`: the narrowest elements in which the page changes.
 */
export const siteRuleSchema = kept({
  system: z.string().regex(/^[a-z][a-z0-9_-]{1,30}$/, 'takes 2 to 31 small letters, digits, - and _'),
  records: z.array(ruleRecordSchema).min(1).max(20),
  fields: kept({ name: places, title: places, company: places, email: places, website: places }),
  lists: places,
  rendered: places,
  scope: places,
});
export type SiteRule = z.infer<typeof siteRuleSchema>;
export type RuleField = keyof SiteRule['fields'];
