import type { AccountId, ContactId } from '#contract/ids.ts';
import type { Sighting } from '#contract/sighting.ts';
import { indexOfPerson, listRecipientKeys, personKey, viewKey } from './sighted.ts';

/** Whom the person wants to see: somebody in view (by key), or somebody opened by hand. All null: whoever the background finds most relevant. */
export interface Choice {
  personKey: string | null;
  contactId: ContactId | null;
  accountId: AccountId | null;
}

export const nobodyChosen: Choice = { personKey: null, contactId: null, accountId: null };

/** What was chosen in each view of this page: every compose that is open side by side has its own, the page behind them another. */
export interface Choices {
  keep(sighting: Sighting | null, choice: Choice): void;
  /** The choice that holds as `seen` comes into view after `before`, in which `now` held. */
  follow(before: Sighting | null, seen: Sighting | null, now: Choice): Choice;
  /** Another page is in view. */
  forget(): void;
}

const mostKept = 20;

/** Whether `seen` is the compose of `before` with other recipients, so that what was chosen there is meant here too. */
function isSameCompose(before: Sighting | null, seen: Sighting): boolean {
  const recipients = before === null ? [] : listRecipientKeys(before);
  return listRecipientKeys(seen).some((key) => recipients.includes(key));
}

/** Creates the memory of choices for one page. */
export function createChoices(): Choices {
  const kept = new Map<string, { choice: Choice; lead: string | null }>();
  let hasEmptied = false;

  const leadOf = ({ people: [first] }: Sighting) => (first === undefined ? null : personKey(first));

  function keep(sighting: Sighting | null, choice: Choice): void {
    if (sighting === null) return;
    const key = viewKey(sighting);
    kept.delete(key);
    kept.set(key, { choice, lead: leadOf(sighting) });
    if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? '');
  }

  return {
    keep,
    follow(before, seen, now) {
      if (seen === null) {
        hasEmptied = true;
        return nobodyChosen;
      }
      // Between two pages there is nobody. Composes stand over the page and outlast it, empty ones in between included.
      if (hasEmptied && listRecipientKeys(seen).length === 0) kept.clear();
      hasEmptied = false;
      const found = kept.get(viewKey(seen));
      const choice = found?.choice ?? (isSameCompose(before, seen) ? now : nobodyChosen);
      if (indexOfPerson(seen, choice.personKey) !== null) {
        keep(seen, choice);
        return choice;
      }
      // Somebody opened by hand belongs beside those for whom they were opened.
      const isByHand = choice.contactId !== null || choice.accountId !== null;
      return isByHand && found?.lead === leadOf(seen) ? choice : nobodyChosen;
    },
    forget() {
      kept.clear();
      hasEmptied = false;
    },
  };
}
