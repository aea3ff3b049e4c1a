import type { Place } from './place.ts';

/** Where Classic keeps what we read. Its standard fields have numbers, the same in every company and language. */

/** The value of one field, by its number. */
export function classicField(field: string): string {
  return `[id="${field}_ileinner"]`;
}

/** Which field holds what, for each object. A person account has a contact's fields under other names. */
export const classicFields: Readonly<
  Record<Place['object'], Partial<Record<'name' | 'title' | 'company' | 'account' | 'email' | 'website', string>>>
> = {
  contact: { name: 'con2', title: 'con5', account: 'con4', email: 'con15' },
  lead: { name: 'lea2', title: 'lea4', company: 'lea3', email: 'lea11' },
  account: { name: 'acc2', website: 'acc12' },
  opportunity: { name: 'opp3', account: 'opp4' },
  case: { name: 'cas2', account: 'cas4' },
};
export const personAccountFields = { name: 'acc2', title: 'PersonTitle', email: 'PersonEmail' } as const;

/** The record's name above its fields. */
export const classicHeading = '.topName, .pageDescription';
/** The box with the record's fields. */
export const detailBox = '#ep, .bDetailBlock, .detailList';
/** Cards of other records, their lists, the feed, and windows over the page. */
export const classicForeign =
  '[class*="hover" i], .overlayDialog, .bRelatedList, .listRelatedObject, [class*="feedItem" i], .sidebarModule, [role="dialog"]';
/** Words in brackets beside a value lead elsewhere: `[View Hierarchy]`, `[Gmail]`. */
export const classicNoise = 'script, style, noscript, select, button, .inlineEditIcon';
