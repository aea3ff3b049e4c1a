import { queryAll } from '../dom/query.ts';
import { companyIdIn, isSameSlug, slugIn } from './profile.ts';
import { linkedData } from './selectors.ts';

/** One node of a page's linked data (JSON-LD), as it stands there. */
export type LinkedNode = Record<string, unknown>;

/** So many scripts of linked data are read, and so many nodes of each. */
const mostScripts = 5;
const mostNodes = 200;

/** Whether a value is a node, and no list or text. */
export function isNode(value: unknown): value is LinkedNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The nodes of a script. Broken data is as good as none: the visible page is read as well. */
function nodesIn(script: Element): LinkedNode[] {
  try {
    const data: unknown = JSON.parse(script.textContent ?? '');
    const graph = isNode(data) && Array.isArray(data['@graph']) ? data['@graph'] : [data];
    return graph.slice(0, mostNodes).filter(isNode);
  } catch {
    return [];
  }
}

/** The page's own nodes: those at the top of its linked data. Whoever is named within another (an author, an employer) is not what the page is about. */
function readNodes(document: Document): LinkedNode[] {
  return queryAll(document, linkedData, mostScripts).flatMap(nodesIn);
}

function addressOf(node: LinkedNode): string {
  return typeof node['url'] === 'string' ? node['url'] : '';
}

/** The people whom the page's linked data is about, each with the identifier in its address. */
export function readLinkedPeople(document: Document): { slug: string; node: LinkedNode }[] {
  return readNodes(document).flatMap((node) => {
    const slug = node['@type'] === 'Person' ? slugIn(addressOf(node)) : null;
    return slug === null ? [] : [{ slug, node }];
  });
}

/** The person of this identifier in the page's linked data. */
export function findLinkedPerson(document: Document, slug: string): LinkedNode | null {
  return readLinkedPeople(document).find((person) => isSameSlug(person.slug, slug))?.node ?? null;
}

/** The identifiers of companies that the page's linked data is about. */
export function readLinkedCompanies(document: Document): string[] {
  return readNodes(document).flatMap((node) =>
    node['@type'] === 'Organization' ? (companyIdIn(addressOf(node)) ?? []) : [],
  );
}
