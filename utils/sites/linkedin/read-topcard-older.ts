import { cleanText, textOf } from '../dom/text.ts';
import { findVisible, firstVisible } from '../dom/visible.ts';
import { companyIdIn, type Profile, slugIn, titleParts } from './profile.ts';
import { contactInfoLink, olderCompany, olderHeadline, olderName, olderTopcards } from './selectors.ts';

/** The name: among several headings (a nudge can be an h1 as well) the one that the page's title agrees with, else the first. */
function readName(card: Element, document: Document): string | null {
  const inTitle = titleParts(document).at(-1) ?? null;
  const names = findVisible(card, olderName)
    .map((element) => textOf(element))
    .filter((name) => name !== null);
  return names.find((name) => name === inTitle) ?? names[0] ?? inTitle;
}

/** `Current company: Brightforge. Click to skip …`: in 2022 the label held no name, the text does. */
function readCompany(card: Element): string | null {
  const element = card.querySelector(olderCompany);
  return (
    textOf(element) ?? cleanText(/^Current company:?\s*([^.]+)/.exec(element?.getAttribute('aria-label') ?? '')?.[1])
  );
}

/**
 * The first item of the experience that is still going on. Its dates name one year, a past one's two: "Present" itself is localised.
 * Null when the newest item is past, or the section is not there.
 */
function readCurrentJob(document: Document): { company: string | null; companyId: string } | null {
  const section =
    document.querySelector('#experience')?.closest('section') ?? document.querySelector('#experience-section');
  const item = section?.querySelector('li') ?? null;
  const link = item?.querySelector('a[href*="/company/"]') ?? null;
  const companyId = companyIdIn(link?.getAttribute('href'));
  if (item === null || companyId === null || !/^\d+$/.test(companyId)) return null;
  const dates = [...item.querySelectorAll('*')]
    .filter((element) => element.childElementCount === 0)
    .map((element) => textOf(element) ?? '')
    .find((text) => /\b(?:19|20)\d\d\b/.test(text));
  const range = (dates ?? '').split('·')[0] ?? '';
  if ((range.match(/\b(?:19|20)\d\d\b/g) ?? []).length !== 1 || !/[-–—]/.test(range)) return null;
  return {
    company: cleanText(
      link
        ?.querySelector('img')
        ?.getAttribute('alt')
        ?.replace(/\s+logo$/i, ''),
    ),
    companyId,
  };
}

/** The profile's top card from 2018 to 2025, found around its link to the contact details. Null when that is not in view. */
export function readTopcardOlder(document: Document): Profile | null {
  const contact = firstVisible(document, contactInfoLink);
  const box = contact?.closest(olderTopcards) ?? contact?.closest('section') ?? null;
  const slug = slugIn(contact?.getAttribute('href'));
  if (box === null || slug === null) return null;
  const job = readCurrentJob(document);
  return {
    slugs: [slug],
    name: readName(box, document),
    title: textOf(firstVisible(box, olderHeadline), 500),
    company: readCompany(box) ?? job?.company ?? null,
    companyId: job?.companyId ?? null,
    box,
    signals: job === null ? ['contact-info'] : ['contact-info', 'experience'],
  };
}
