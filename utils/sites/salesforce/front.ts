import { findOwn, openRoots, shownText } from '../dom/own.ts';
import { holdsAny } from '../dom/query.ts';
import { cleanText, readTitle } from '../dom/text.ts';
import { anyField, foreign, heading, noise, objectWord, primaryField, recordBox } from './selectors.ts';

/** The record's name in its heading, without the word for its object; null while there is no heading. */
export function readHeading(roots: readonly ParentNode[]): string | null {
  for (const element of findOwn(roots, heading, foreign)) {
    const primary = element.matches(primaryField) ? element : element.querySelector(primaryField);
    const named = shownText(primary, `${noise}, ${objectWord}`);
    if (named !== null) return named;
    const text = element.querySelector(objectWord) === null ? null : shownText(element, `${noise}, ${objectWord}`);
    if (text !== null) return text;
  }
  return null;
}

/** Whether a record is drawn there at all. */
export function isRendered(roots: readonly ParentNode[]): boolean {
  return readHeading(roots) !== null || findOwn(roots, anyField, foreign).length > 0;
}

/** Views that show a record, the innermost of those around the first one; where none shows anything in plain sight (closed to styles by shadow roots, or not drawn yet), the first view. */
export function findFront(document: Document): Element | null {
  const boxes = findOwn([document], recordBox, foreign);
  const shown = boxes.filter((box) => holdsAny(box, `${heading}, ${anyField}`));
  const [first] = boxes;
  if (shown.length === 0) return isRendered([document]) ? null : (first ?? null);
  return shown.reduce((front, box) => (front.contains(box) ? box : front));
}

/** Where the record in front is read: its box, and its open shadow roots where the box itself shows nothing; the document where no box is known. */
export function rootsOf(document: Document): ParentNode[] {
  const front = findFront(document);
  if (front === null) return [document];
  return isRendered([front]) ? [front] : openRoots(front);
}

/** `Dana Ortiz | Contact | Salesforce`: the name; null while the page is loading. */
export function nameInTitle(document: Document): string | null {
  const parts = readTitle(document).split(' | ');
  return parts.length >= 3 && parts.at(-1) === 'Salesforce' ? (cleanText(parts[0]) ?? null) : null;
}
