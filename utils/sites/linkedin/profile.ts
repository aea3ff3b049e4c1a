import { normalizeLinkedIn } from '../../identity/linkedin.ts';
import { cleanText, readTitle } from '../dom/text.ts';

/** What a form of the profile page gave about its subject. */
export interface Profile {
  /** The identifiers the page itself names its subject by, as they stand there. */
  slugs: string[];
  /** Member urns that only links mention: good for holding against the address, not for more. */
  urns: string[];
  name: string | null;
  title: string | null;
  company: string | null;
  /** Slug or number of the current company's page. */
  companyId: string | null;
  /** The elements whose changes can change this. */
  boxes: Element[];
  /** What the page shows: an identifier, or where there is none the name. */
  mark: string | null;
  signals: string[];
}

/** The identifier in a link to a profile; null when the link leads elsewhere. */
export function slugIn(href: string | null | undefined): string | null {
  return /^(?:https?:\/\/[^/?#]+)?\/in\/([^/?#]+)/.exec(href ?? '')?.[1] ?? null;
}

/** The identifier in a link to a company's page. */
export function companyIdIn(href: string | null | undefined): string | null {
  return /^(?:https?:\/\/[^/?#]+)?\/(?:sales\/)?(?:company|school|showcase)\/([^/?#]+)/.exec(href ?? '')?.[1] ?? null;
}

/** Whether two identifiers are one, however they are written. */
export function isSameSlug(one: string, other: string): boolean {
  const normalised = normalizeLinkedIn(one);
  return normalised !== null && normalised === normalizeLinkedIn(other);
}

/** A name or an identifier as letters and digits alone, to be held against another. */
export function flatten(words: string): string {
  return words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The parts of a page's title without its counter and LinkedIn's name: `(1) Experience | Dana Ortiz | LinkedIn` → two parts. */
export function titleParts(document: Document): string[] {
  const parts = readTitle(document)
    .replace(/^\(\d+\+?\)\s*/, '')
    .split(' | ')
    .map((part) => part.trim());
  return parts.at(-1)?.startsWith('LinkedIn') === true ? parts.slice(0, -1) : [];
}

/** A headline as it is shown; null for the dashes that stand where a person wrote none. */
export function toHeadline(raw: string | null): string | null {
  return raw === null || /^[-–—]+$/.test(raw) ? null : raw;
}

/** A word that LinkedIn hides from the logged-out (`****`) is none. */
export function unmasked(value: unknown): string | null {
  const text = typeof value === 'string' ? cleanText(value, 500) : null;
  return text === null || /\*{2,}/.test(text) ? null : text;
}
