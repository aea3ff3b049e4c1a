/** A piece of typed text: plain, or a link that may be followed. */
export type InertPart = { text: string; href: null } | { text: string; href: string };

/**
 * Control characters (tab and newline stay), bidirectional overrides and marks, line separators, invisible spaces and tags:
 * they can make text read other than it is. The joiners that emoji and some scripts need stay.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Typed text without characters that cannot be seen. */
export function cleanText(text: string): string {
  return text.replace(unseen, '');
}

const linkLike = /https:\/\/[^\s<>"'`]+/g;
const trailing = /[.,;:!?)\]}]+$/;

/** The address if it is a plain `https:` one without a user name before the host (which could pass for the host), else null. */
export function safeLink(href: string): string | null {
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}

/** Splits typed text into plain parts and links (`https:` only), cleaned. Nothing in it is ever markup. */
export function splitLinks(typed: string): InertPart[] {
  const text = cleanText(typed);
  const parts: InertPart[] = [];
  let end = 0;
  for (const match of text.matchAll(linkLike)) {
    const shown = match[0].replace(trailing, '');
    const href = safeLink(shown);
    if (href === null) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null });
    parts.push({ text: shown, href });
    end = match.index + shown.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}
