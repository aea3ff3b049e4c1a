/** A text that is in one line already, as nearly all are. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/**
 * A text in one line: controls and direction marks out, blanks collapsed, cut to `limit` characters. Null when nothing is left.
 * Joiners stay inside a word: Persian and Indic names and joined emoji are spelled with them.
 */
export function cleanText(raw: string | null | undefined, limit = 300): string | null {
  if (raw != null && raw.length <= limit && plain.test(raw)) return raw;
  const text = (raw ?? '')
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, '')
    .replace(/(?<=^|[\p{Cc}\s])[\u200c\u200d]+|[\u200c\u200d]+(?=[\p{Cc}\s]|$)/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return text === ''
    ? null
    : [...text]
        .slice(0, limit)
        .join('')
        .replace(/[ \u200c\u200d]+$/, '');
}

/** The element's text in one line; null when there is no element or no text. */
export function textOf(element: Element | null | undefined, limit = 300): string | null {
  return cleanText(element?.textContent, limit);
}

/** What stands in a field. What only bears a field's name, as an element inside a drawing does, holds nothing. */
export function fieldText(field: Element): string {
  return (field as Partial<HTMLInputElement>).value ?? '';
}

/** What is selected on the page, as plain text of at most 2,000 characters; null when nothing is. Fields' contents are not read. */
export function readSelection(document: Document): string | null {
  return cleanText(document.getSelection()?.toString(), 2000);
}

/** The page's title. Not `document.title`: a form field named `title` takes its place. */
export function readTitle(document: Document): string {
  return cleanText(document.querySelector('title')?.textContent, 2000) ?? '';
}
