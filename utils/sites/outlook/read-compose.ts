import { findInHand } from '../dom/focus.ts';
import type { StandingMailbox } from '../dom/people.ts';
import { findVisible } from '../dom/visible.ts';
import { readPerson } from './read-person.ts';
import { chip, composeForm, draftBody, editable, written } from './selectors.ts';

/** What is open to be written: the forms of the drafts, the one in hand first, and all recipients in the order of the page. */
export interface Drafts {
  forms: Element[];
  chips: Element[];
}

/** The open drafts. The page is gone through for them once a look. */
export function findDrafts(document: Document): Drafts {
  const inside = findVisible(document, `${chip}, ${editable}`).filter((each) => each.matches(`${chip}, ${draftBody}`));
  const forms = [...new Set(inside.flatMap((element) => element.closest(composeForm) ?? []))];
  const inHand = findInHand(document, forms);
  return {
    forms: inHand === null ? forms : [inHand, ...forms.filter((form) => form !== inHand)],
    chips: inside.filter((element) => element.matches(chip)),
  };
}

/** The editable body of the draft in hand; null when none is open. */
export function findDraftBody({ forms }: Drafts): HTMLElement | null {
  for (const form of forms) {
    const [body] = findVisible(form, draftBody);
    if (body !== undefined) return body as HTMLElement;
  }
  return null;
}

/** Whom the open drafts are to, the draft in hand first, each in the order of its fields. What is typed and not yet taken up is nobody. */
export function readComposes({ forms, chips }: Drafts): StandingMailbox[] {
  const inForms = forms.flatMap((form) => chips.filter((element) => form.contains(element)));
  return [...new Set([...inForms, ...chips])]
    .filter((element) => element.closest(written) === null)
    .flatMap((element) => readPerson(element) ?? [])
    .map((box) => ({ ...box, standing: 'recipient', signal: 'compose:recipient' }));
}
