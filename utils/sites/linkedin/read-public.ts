import { cleanText, textOf } from '../dom/text.ts';
import { firstVisible } from '../dom/visible.ts';
import { companyIdIn, isSameSlug, type Profile, slugIn } from './profile.ts';
import { linkedData, publicCompany, publicHeadline, publicName, publicPageKey } from './selectors.ts';

type Json = Record<string, unknown>;

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Masked words (`****`) are LinkedIn's way of hiding them from the logged-out. */
function asText(value: unknown): string | null {
  const text = typeof value === 'string' ? cleanText(value, 500) : null;
  return text === null || /\*{2,}/.test(text) ? null : text;
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** The nodes of the page's linked data. Broken data is as good as none: the visible page is read as well. */
function linkedNodes(script: Element): Json[] {
  try {
    const data: unknown = JSON.parse(script.textContent ?? '');
    const graph = isRecord(data) && Array.isArray(data['@graph']) ? data['@graph'] : [data];
    return graph.filter(isRecord);
  } catch {
    return [];
  }
}

/** The Person of this identifier in the page's linked data. */
function readLinkedPerson(document: Document, slug: string): Json | null {
  const nodes = [...document.querySelectorAll(linkedData)].flatMap(linkedNodes);
  const isSubject = (node: Json) => {
    const named = node['@type'] === 'Person' && typeof node['url'] === 'string' ? slugIn(node['url']) : null;
    return named !== null && isSameSlug(named, slug);
  };
  return nodes.find(isSubject) ?? null;
}

/** A profile's public page, as the logged-out see it. Null when it is none, or shows only a login wall. */
export function readPublic(document: Document, slug: string): Profile | null {
  if (document.querySelector(publicPageKey) === null) return null;
  const canonical = slugIn(document.querySelector('link[rel="canonical"]')?.getAttribute('href'));
  const person = readLinkedPerson(document, slug);
  const heading = firstVisible(document, publicName);
  if (canonical === null || (person === null && heading?.matches('h1, [class*="title"]') !== true)) return null;
  const employer = firstOf(person?.['worksFor']);
  const companyLink = firstVisible(document, publicCompany);
  const href =
    companyLink?.getAttribute('href') ??
    (isRecord(employer) && typeof employer['url'] === 'string' ? employer['url'] : null);
  return {
    slugs: [canonical],
    name: asText(person?.['name']) ?? textOf(heading),
    title: textOf(firstVisible(document, publicHeadline), 500) ?? asText(firstOf(person?.['jobTitle'])),
    company: textOf(companyLink) ?? (isRecord(employer) ? asText(employer['name']) : null),
    companyId: companyIdIn(href),
    box: heading?.closest('main, section') ?? null,
    signals: person === null ? ['canonical'] : ['canonical', 'linked-data'],
  };
}
