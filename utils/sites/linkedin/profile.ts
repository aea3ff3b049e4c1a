import { normalizeLinkedIn } from '../../identity/linkedin.ts';
import { readTitle } from '../dom/text.ts';

/** What a form of the profile page gave about its subject. `slugs` are the identifiers the page itself names, as they stand there. */
export interface Profile {
  slugs: string[];
  name: string | null;
  title: string | null;
  company: string | null;
  /** Slug or number of the current company's page. */
  companyId: string | null;
  box: Element | null;
  signals: string[];
}

/** The identifier in a link to a profile; null when the link leads elsewhere. */
export function slugIn(href: string | null | undefined): string | null {
  return /\/in\/([^/?#]+)/.exec(href ?? '')?.[1] ?? null;
}

/** The identifier in a link to a company's page. */
export function companyIdIn(href: string | null | undefined): string | null {
  return /\/(?:company|school|showcase)\/([^/?#]+)/.exec(href ?? '')?.[1] ?? null;
}

/** Whether two identifiers are one, however they are written. */
export function isSameSlug(one: string, other: string): boolean {
  const normalised = normalizeLinkedIn(one);
  return normalised !== null && normalised === normalizeLinkedIn(other);
}

/** The parts of a page's title without its counter and LinkedIn's name: `(1) Experience | Dana Ortiz | LinkedIn` → two parts. */
export function titleParts(document: Document): string[] {
  const parts = readTitle(document)
    .replace(/^\(\d+\+?\)\s*/, '')
    .split('|')
    .map((part) => part.trim());
  return parts.at(-1)?.startsWith('LinkedIn') === true ? parts.slice(0, -1) : [];
}
