import { isVisible } from '../dom/visible.ts';
import { dropped, hooks, linkedDataWords, links, namedByCode } from './harmless.ts';
import { selectorWords, spelledIn } from './spelled.ts';
import { createStandIns } from './stand-ins.ts';

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
  if (localName === 'link') return element.getAttribute('rel') !== 'canonical';
  return dropped.has(localName) || (localName === 'meta' && !element.hasAttribute('name'));
}

function wordsIn(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]{3,}/gu) ?? []).filter((word) => !/^\d+$/.test(word));
}

/** Words that name somebody on this page, and are no word of the readers' own code. */
function privateWords(document: Document, url: URL): Set<string> {
  const said = [...document.querySelectorAll(naming)].flatMap((element) => [
    element.children.length === 0 ? (element.textContent ?? '') : '',
    ...['email', 'name', 'data-name', 'data-hovercard-id'].map((name) => element.getAttribute(name) ?? ''),
    /\/(?:in|company)\/([^/?#]+)/.exec(element.getAttribute('href') ?? '')?.[1] ?? '',
  ]);
  return new Set(
    [...said, url.hash, /\/in\/([^/?#]+)/.exec(url.pathname)?.[1] ?? '']
      .flatMap(wordsIn)
      .filter((word) => !selectorWords.has(word)),
  );
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
  const standIns = createStandIns();
  const secret = privateWords(document, url);
  const isPrivate = (word: string) => secret.has(word);
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
    if (links.has(name)) made = /^javascript:/i.test(value) ? 'javascript:' : standIns.address(value);
    else if (isHook || (name === 'content' && /^[a-z0-9_]+$/.test(value)))
      made = standIns.hook(value, isPrivate, kept);
    return ` ${name}="${escapeValue(made)}"`;
  }

  function attributes(element: Element, isHidden: boolean): string {
    const named = [...element.attributes].filter(({ name }) => /^[a-z][\w:-]*$/i.test(name) && name !== 'value');
    const value = element.localName === 'input' ? (element as HTMLInputElement).value : '';
    const all = named.map(({ name, value: each }) => attribute(element, name, each));
    if (value !== '' && element.getAttribute('type') !== 'password') all.push(attribute(element, 'value', value));
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
    if (node.nodeType === 3) put(escapeText(standIns.text(node.nodeValue ?? '')));
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
