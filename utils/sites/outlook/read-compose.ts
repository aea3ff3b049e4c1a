import { findInHand } from '../dom/focus.ts';
import type { StandingMailbox } from '../dom/people.ts';
import { findVisible } from '../dom/visible.ts';
import { readPerson } from './read-person.ts';
import { chip, composeForm, draftBody, written } from './selectors.ts';

/** The forms of the open drafts, the one in hand first. */
function findForms(document: Document): Element[] {
  const inside = findVisible(document, `${chip}, ${draftBody}`);
  const forms = [...new Set(inside.flatMap((element) => element.closest(composeForm) ?? []))];
  const inHand = findInHand(document, forms);
  return inHand === null ? forms : [inHand, ...forms.filter((form) => form !== inHand)];
}

/** The editable body of the draft in hand; null when none is open. */
export function findDraftBody(document: Document): HTMLElement | null {
  for (const form of findForms(document)) {
    const [body] = findVisible(form, draftBody);
    if (body !== undefined) return body as HTMLElement;
  }
  return null;
}

/** Whom the open drafts are to, the draft in hand first, each in the order of its fields. What is typed and not yet taken up is nobody. */
export function readComposes(document: Document): StandingMailbox[] {
  const inForms = findForms(document).flatMap((form) => findVisible(form, chip));
  return [...new Set([...inForms, ...findVisible(document, chip)])]
    .filter((element) => element.closest(written) === null)
    .flatMap((element) => readPerson(element) ?? [])
    .map((box) => ({ ...box, standing: 'recipient', signal: 'compose:recipient' }));
}
