/** A text in one line: controls and direction marks out, blanks collapsed, cut to `limit` characters. Null when nothing is left. */
export function cleanText(raw: string | null | undefined, limit = 300): string | null {
  const text = (raw ?? '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/\p{Cf}+/gu, '')
    .trim();
  return text === '' ? null : [...text].slice(0, limit).join('').trim();
}

/** The element's text in one line; null when there is no element or no text. */
export function textOf(element: Element | null | undefined, limit = 300): string | null {
  return cleanText(element?.textContent, limit);
}

/** What is selected on the page, as plain text of at most 2,000 characters; null when nothing is. Fields' contents are not read. */
export function readSelection(document: Document): string | null {
  return cleanText(document.getSelection()?.toString(), 2000);
}

/** The page's title. Not `document.title`: a form field named `title` takes its place. */
export function readTitle(document: Document): string {
  return cleanText(document.querySelector('title')?.textContent, 2000) ?? '';
}
