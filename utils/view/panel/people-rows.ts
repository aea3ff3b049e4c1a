import type { PersonMatch } from '#contract/card.ts';

/** The switcher's rows: those that stand open, those behind *7 more*, and those folded away as nobody to sell to. All in the order of the answer. */
export interface PeopleRows {
  open: PersonMatch[];
  more: PersonMatch[];
  folded: PersonMatch[];
}

const mostOpen = 5;

/**
 * Arranges everybody in view. Open stand up to five customers, and always whoever the card is about; colleagues and shared mailboxes are folded away,
 * the latter only where there is a customer. Pure.
 */
export function arrangePeople(people: readonly PersonMatch[], selected: number | null): PeopleRows {
  const hasCustomer = people.some((each) => each.side === 'customer');
  const isNear = (each: PersonMatch) => each.side === 'customer' || (each.side === 'shared' && !hasCustomer);
  const first = new Set(people.filter(isNear).slice(0, mostOpen));
  const isOpen = (each: PersonMatch) => first.has(each) || each.index === selected;
  return {
    open: people.filter(isOpen),
    more: people.filter((each) => isNear(each) && !isOpen(each)),
    folded: people.filter((each) => !isNear(each) && !isOpen(each)),
  };
}

/** The next (`step` 1) or last (-1) of the rows from the one the card is about, going round; the first when it is about none of them. Null: nobody else. Pure. */
export function stepPerson(open: readonly PersonMatch[], selected: number | null, step: 1 | -1): PersonMatch | null {
  const now = open.findIndex((each) => each.index === selected);
  const next = now === -1 ? open[0] : open[(now + step + open.length) % open.length];
  return next === undefined || next.index === selected ? null : next;
}
