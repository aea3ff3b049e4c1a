import type { SightedPerson, Standing } from '#contract/sighting.ts';
import type { Mailbox } from './mailbox.ts';

/** A page never shows more people than a person could choose from. */
export const mostPeople = 100;

/** A mailbox and where it stood; `isInHand` as in a sighted person. */
export interface StandingMailbox extends Mailbox {
  standing: Standing;
  isInHand?: true;
  signal: string;
}

/**
 * One person for each address, in the order first met, with the standing first met: so the caller lists the most relevant first.
 * The first name found is taken; every signal is kept.
 */
export function gatherPeople(boxes: readonly StandingMailbox[], isOwn: (address: string) => boolean): SightedPerson[] {
  const people = new Map<string, SightedPerson>();
  for (const box of boxes) {
    if (isOwn(box.address)) continue;
    const known = people.get(box.address);
    if (known === undefined) {
      if (people.size === mostPeople) continue;
      people.set(box.address, {
        standing: box.standing,
        ...(box.isInHand ? { isInHand: true } : {}),
        isCompany: false,
        clues: [{ kind: 'email', value: box.email }],
        name: box.name,
        title: null,
        company: null,
        signals: [box.signal],
      });
    } else {
      known.name ??= box.name;
      if (!known.signals.includes(box.signal)) known.signals.push(box.signal);
    }
  }
  return [...people.values()];
}
