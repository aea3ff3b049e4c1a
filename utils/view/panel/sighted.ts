import type { SightedPerson, Sighting } from '#contract/sighting.ts';

/** What tells one sighted person from another: their clues, in order. */
export function personKey(person: SightedPerson): string {
  return person.clues.map((clue) => `${clue.kind}:${clue.value}`).join(' ');
}

/** Whether two sightings show the same people in the same order on the same site; whether a draft is open does not count. */
export function isSamePeople(left: Sighting | null, right: Sighting | null): boolean {
  if (left === null || right === null) return left === right;
  return left.site === right.site && JSON.stringify(left.people) === JSON.stringify(right.people);
}

/** Where the person with this key stands in a sighting; null when not there. */
export function indexOfPerson(sighting: Sighting | null, key: string | null): number | null {
  if (key === null || sighting === null) return null;
  const index = sighting.people.findIndex((person) => personKey(person) === key);
  return index === -1 ? null : index;
}

/** The people whom the compose in hand goes to, by key; none when no compose is open. One that goes to nobody yet stands for the others. */
export function listRecipientKeys(sighting: Sighting): string[] {
  const recipients = sighting.people.filter((person) => person.standing === 'recipient');
  const inHand = recipients.filter((person) => person.isInHand);
  return (inHand.length > 0 ? inHand : recipients).map(personKey);
}

/** What tells the views of one page apart: the compose in hand by whom it goes to, in any order, or the page behind the composes. */
export function viewKey(sighting: Sighting): string {
  return [sighting.site, ...listRecipientKeys(sighting).sort()].join('\n');
}
