import { isVisible } from '../dom/visible.ts';
import { productInTitle, selectorWords, spelledIn, systemMarks } from '../spelled.ts';
import { dropped, hooks, keptWords, linkedDataWords, links, namedByCode } from './harmless.ts';
import { createStandIns, type PrivateNames } from './stand-ins.ts';

/** A page without anybody in it: its address and its markup, fit to be read again. */
export interface PageStructure {
  url: string;
  html: string;
}

/** No report is larger, in characters: what comes after is left out. */
const largest = 2_000_000;
const empty = new Set(['area', 'br', 'col', 'hr', 'input', 'link', 'meta', 'wbr']);
/** Where people, companies and subjects are named: a word from there is nobody's hook. */
const naming =
  'title, h1, h2, [email], [data-name], [data-hovercard-id], a[href*="/in/"], a[href*="/company/"], a[href^="mailto:"]';

/** What runs, and what is fetched or drawn. */
const unkept = /^(?:on|style$|src)/;

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const escapeValue = (text: string) => escapeText(text).replaceAll('"', '&quot;');

function isLeftOut(element: Element): boolean {
  const { localName } = element;
  if (localName === 'link') return !element.matches(`[rel="canonical"], ${systemMarks}`);
  return dropped.has(localName) || (localName === 'meta' && !element.matches('[name], [property]'));
}

function wordsIn(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]{3,}/gu) ?? []).filter((word) => !/^\d+$/.test(word));
}

function slugIn(address: string | null): string {
  return /\/(?:in|company)\/([^/?#]+)/.exec(address ?? '')?.[1] ?? '';
}

/** What names somebody on this page, and is no word of the readers' own code: words, and the names that addresses give, which keys hold in the midst of a word. */
function privateNames(document: Document, url: URL): PrivateNames {
  const named = [...document.querySelectorAll(naming)];
  const slugs = [url.pathname, ...named.map((element) => element.getAttribute('href'))].map(slugIn);
  const said = named.flatMap((element) => [
    element.children.length === 0 ? (element.textContent ?? '') : '',
    ...['email', 'name', 'data-name', 'data-hovercard-id'].map((name) => element.getAttribute(name) ?? ''),
  ]);
  const isPrivate = (word: string) => !selectorWords.has(word) && !keptWords.paths.has(word);
  return {
    words: new Set([...said, ...slugs, url.hash].flatMap(wordsIn).filter(isPrivate)),
    // The longest first: one may begin with another.
    slugs: [...new Set(slugs)]
      .filter((slug) => slug.length > 2 && isPrivate(slug.toLowerCase()))
      .sort((one, other) => other.length - one.length),
  };
}

/** JSON as it was, with every text in it replaced; its keys and the kinds of its things stay. */
function standInJson(value: unknown, text: (raw: string) => string, address: (raw: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => standInJson(each, text, address));
  if (typeof value === 'string') return /^https?:/.test(value) ? address(value) : text(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? 0 : value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      linkedDataWords.has(key) ? key : text(key),
      typeof each === 'string' && linkedDataWords.has(each) ? each : standInJson(each, text, address),
    ]),
  );
}

/**
 * The structure of a page: its elements, their classes and hooks and what is hidden stay; every text, name, address, number and identifier is replaced by
 * a stand-in of the same shape; scripts, styles, comments and pictures are left out. A reader sees on it as many people as on the page, of the same kinds.
 */
export function describePage(document: Document, url: URL): PageStructure {
  const standIns = createStandIns(privateNames(document, url));
  const parts: string[] = [];
  let size = 0;

  const put = (text: string) => {
    size += text.length;
    parts.push(text);
  };

  function attribute(element: Element, name: string, value: string): string {
    if (unkept.test(name)) return '';
    const kept = spelledIn(name);
    const isHook = hooks.has(name) || (name === 'name' && namedByCode.has(element.localName));
    let made = standIns.text(value, kept);
    if (links.has(name) || /^https?:/.test(value))
      made = /^javascript:/i.test(value) ? 'javascript:' : standIns.address(value);
    else if (isHook || (name === 'content' && /^[a-z0-9_]+$/.test(value))) made = standIns.hook(value, kept);
    return ` ${name}="${escapeValue(made)}"`;
  }

  function attributes(element: Element, isHidden: boolean): string {
    const isInput = element.localName === 'input';
    const named = [...element.attributes].filter(({ name }) => /^[a-z][\w:-]*$/i.test(name));
    const all = named
      .filter(({ name }) => !isInput || (name !== 'value' && name !== 'checked'))
      .map(({ name, value }) => attribute(element, name, value));
    // What stands in a field now and what is chosen, not what was at first.
    if (isInput && (element as HTMLInputElement).checked) all.push(' checked=""');
    const typed = isInput && element.getAttribute('type') !== 'password' ? (element as HTMLInputElement).value : '';
    if (typed !== '') all.push(attribute(element, 'value', typed));
    if (isHidden) all.push(' style="display:none"');
    return all.join('');
  }

  function jsonOf(element: Element): string {
    try {
      const made = standInJson(JSON.parse(element.textContent ?? ''), standIns.text, standIns.address);
      return `<script type="application/ld+json">${JSON.stringify(made).replaceAll('<', '\\u003c')}</script>`;
    } catch {
      return '';
    }
  }

  function write(node: Node, isSeen: boolean): void {
    if (size > largest) return;
    const kept = node.parentElement?.localName === 'title' ? productInTitle : undefined;
    if (node.nodeType === 3) put(escapeText(standIns.text(node.nodeValue ?? '', kept)));
    else if (node.nodeType === 1) writeElement(node as Element, isSeen);
  }

  function writeElement(element: Element, isSeen: boolean): void {
    const { localName } = element;
    if (localName === 'script' && element.getAttribute('type') === 'application/ld+json') put(jsonOf(element));
    if (isLeftOut(element)) return;
    const isHidden = isSeen && element.closest('head') === null && localName !== 'html' && !isVisible(element);
    put(`<${localName}${attributes(element, isHidden)}>`);
    if (empty.has(localName)) return;
    if (localName === 'textarea') put(escapeText(standIns.text((element as HTMLTextAreaElement).value)));
    else if (localName !== 'svg') for (const child of element.childNodes) write(child, isSeen && !isHidden);
    put(`</${localName}>`);
  }

  write(document.documentElement, true);
  return { url: standIns.address(url.href), html: `<!doctype html>${parts.join('')}` };
}
