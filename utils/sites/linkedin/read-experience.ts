import { cleanText, textOf } from '../dom/text.ts';
import { firstVisibles } from '../dom/visible.ts';
import { companyIdIn, isSameSlug } from './profile.ts';
import {
  companyLink,
  drawnLogo,
  experienceAnchors,
  experienceEntries,
  experienceLines,
  olderEntryCompany,
} from './selectors.ts';

/** A company somebody works for. `companyId` null: it has no page, or none is linked. */
export interface Employer {
  company: string | null;
  companyId: string | null;
}

/** A position that is still held. `said`: what its first lines say, one of them the company's name. */
export interface Job extends Employer {
  said: string[];
}

/** So many entries and lines of an entry are looked at: current positions come first, dates near the top. */
const mostEntries = 40;
const mostLines = 60;

/** The lines of an entry, each innermost element's text. */
function linesOf(entry: Element): string[] {
  const lines: string[] = [];
  const elements = entry.querySelectorAll(experienceLines);
  for (let index = 0; index < elements.length && index < mostLines; index += 1) {
    const element = elements[index];
    const text = element?.childElementCount === 0 ? textOf(element) : null;
    if (text !== null) lines.push(text);
  }
  return lines;
}

/** A range of dates still open: it names one year, a past one's two. "Present" itself is localised. Null: no range of dates at all. */
function isOpenRange(line: string): boolean | null {
  const range = line.length > 80 ? '' : (line.split('·')[0] ?? '');
  const years = range.match(/(?<!\p{Nd})\p{Nd}{4}(?!\p{Nd})/gu) ?? [];
  if (years.length === 0 || !/[-–—]/.test(range)) return null;
  return years.length === 1;
}

/** The company's name: in its own place, beside its logo (`Brightforge Logo`), or before the kind of employment (`Brightforge · Full-time`). */
function nameOf(entry: Element, said: readonly string[]): string | null {
  const own = entry.querySelector(olderEntryCompany);
  const inPlace = cleanText(own?.firstChild?.textContent) ?? textOf(own);
  if (inPlace !== null) return inPlace;
  const link = entry.querySelector(companyLink);
  const logo =
    link?.querySelector('img')?.getAttribute('alt') || link?.querySelector(drawnLogo)?.getAttribute('aria-label');
  const beside = cleanText(logo?.replace(/\s+logo$/i, '')) ?? null;
  // The longest: a role can be a part of the company's name.
  const within = said.filter((line) => line !== '' && beside?.includes(line) === true);
  return within.toSorted((one, other) => other.length - one.length)[0] ?? beside;
}

function readJob(entry: Element): Job | null {
  const lines = linesOf(entry);
  const isOpen = lines.map(isOpenRange).find((answer) => answer !== null);
  if (isOpen !== true) return null;
  const said = lines.slice(0, 6).map((line) => line.split(' · ')[0] ?? '');
  return {
    said,
    company: nameOf(entry, said),
    companyId: companyIdIn(entry.querySelector(companyLink)?.getAttribute('href')),
  };
}

/** Whose jobs a section's key says they are, behind the section's own name. Empty: it does not say. */
const ownerInKey = /ExperienceTopLevelSection(.*)$/;

/** Whether the jobs belong to one of these: a page that navigates in place shows the last person's for a while. */
function isOf(anchor: Element, slugs: readonly string[]): boolean {
  const owner = ownerInKey.exec(anchor.getAttribute('componentkey') ?? '')?.[1] ?? '';
  return owner === '' || slugs.some((slug) => isSameSlug(slug, owner));
}

/** Where the jobs of the person with these identifiers stand, as far as the page has drawn them. Null where they are another's. */
export function findExperience(document: Document, slugs: readonly string[]): Element | null {
  const anchor = firstVisibles(document, experienceAnchors, 4).find((each) => isOf(each, slugs)) ?? null;
  const isMarkAlone = anchor?.childElementCount === 0 && ownerInKey.test(anchor.getAttribute('componentkey') ?? '');
  return (isMarkAlone ? anchor?.closest('section') : null) ?? anchor?.closest('section, [componentkey]') ?? anchor;
}

/** The positions that are still held, newest first; several roles in one company are one entry. Empty where the page shows none (null). */
export function readCurrentJobs(section: Element | null): Job[] {
  if (section === null) return [];
  const entries: Element[] = [];
  for (const entry of firstVisibles(section, experienceEntries, mostEntries)) {
    if (!entries.some((outer) => outer.contains(entry))) entries.push(entry);
  }
  return entries.map(readJob).filter((job) => job !== null);
}

/**
 * The current company and the identifier of its page. What stands beside the name counts; the jobs tell its identifier, and its name only
 * where none stands there and the company has a page.
 */
export function settleCompany(beside: string | null, jobs: readonly Job[]): Employer {
  if (beside === null) {
    const paged = jobs.find((job) => job.companyId !== null);
    return { company: paged?.company ?? null, companyId: paged?.companyId ?? null };
  }
  const isBeside = (name: string | null) => name?.toLowerCase() === beside.toLowerCase();
  const same = jobs.find((job) => isBeside(job.company) || job.said.some(isBeside));
  return { company: beside, companyId: same?.companyId ?? null };
}
