import type { Clue, SightedPerson, Sighting } from '#contract/sighting.ts';
import { findHolders, stillHolds } from './dom/holders.ts';

/** One thing by which a person was told, under which place it was read, and where it stood on the page. */
interface Fact {
  place: string;
  boxes: readonly Element[];
  /** Null while it has not been looked up. */
  holders: Node[] | null;
}

/**
 * What an earlier place left on the page. A page that navigates in place shows its last person for a while, and replaces name, address and fields late and
 * in any order; no time is long enough to tell. So a name or an address that was read under another place counts again only when every node that held it
 * then is gone, hidden or rewritten: what is read now was written since.
 */
export interface Leftovers {
  /** Takes from a sighting what is left over. `isWhole`: nothing was taken. */
  sift(sighting: Sighting | null, url: URL, isSettled: boolean): { sighting: Sighting | null; isWhole: boolean };
  /** What was read under the place in view, and in which boxes. */
  note(sighting: Sighting | null, boxes: readonly Element[]): void;
  /** Whether all that these people are told by was read under the place in view already. False for nobody. */
  knows(sighting: Sighting | null): boolean;
  /** Looks up where that stands: once after each `note`, in a quiet moment, or by `leave` at the latest. */
  locate(): void;
  /** The address names another place now; the page may not have changed yet. */
  leave(place: string, url: URL): void;
}

/** Whether an address names the identifier. */
function isIn(url: URL, { value }: Clue): boolean {
  const id = value.slice(value.lastIndexOf(':') + 1).toLowerCase();
  return url.href.toLowerCase().includes(id) || safelyDecoded(url.href).toLowerCase().includes(id);
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What colleagues share tells nobody: it counts as long as the person's own does. A record's number stands in the address, not on the page. */
function isOwn(person: SightedPerson, { kind }: Clue): boolean {
  return kind === 'email' || kind === 'linkedin' || (person.isCompany && kind !== 'crm');
}

function factsOf(person: SightedPerson): string[] {
  const values = person.clues.filter((clue) => isOwn(person, clue)).map(({ value }) => value);
  return person.name === null ? values : [person.name, ...values];
}

/** Only what the address itself names is certain of a person whose page is still another's. Null: nothing is. */
function bare(person: SightedPerson, url: URL): SightedPerson | null {
  const clues = person.clues.filter((clue) => isIn(url, clue));
  if (clues.length === 0) return null;
  return { ...person, clues, name: null, title: null, company: null, signals: [...person.signals, 'leftover'] };
}

/** Whether a record's person became another while the address stayed: the page is ahead of it. */
function isAnother(before: SightedPerson, now: SightedPerson): boolean {
  if (before.name !== null && now.name !== null && before.name !== now.name) return true;
  const addresses = (person: SightedPerson) => person.clues.filter(({ kind }) => kind === 'email');
  const known = addresses(before).map(({ value }) => value);
  return known.length > 0 && addresses(now).some(({ value }) => !known.includes(value));
}

/** Whether all that tells one from the other is the record's number in the address. */
function isAlike(before: SightedPerson, now: SightedPerson): boolean {
  const [then, since] = [factsOf(before).toSorted(), factsOf(now).toSorted()];
  return then.length > 0 && JSON.stringify(then) === JSON.stringify(since);
}

/** Creates it for a page that shows `place`. */
export function createLeftovers(place: string): Leftovers {
  /** By name, address or identifier. */
  const facts = new Map<string, Fact>();
  let here = place;
  let subject: SightedPerson | null = null;
  /** The subject as last shown, here and at the place before. */
  let shown: SightedPerson | null = null;
  let earlier: SightedPerson | null = null;

  function locate(): void {
    const open = [...facts].filter(([, fact]) => fact.holders === null);
    for (const boxes of new Set(open.map(([, fact]) => fact.boxes))) {
      const mine = open.filter(([, fact]) => fact.boxes === boxes);
      const found = findHolders(
        boxes,
        mine.map(([value]) => value),
      );
      for (const [value, fact] of mine) fact.holders = found.get(value) ?? [...boxes];
    }
  }

  /** Forgets what the page has replaced meanwhile. */
  function prune(): void {
    for (const [value, { place: from, boxes, holders }] of facts) {
      if (from === here) continue;
      const isThere = (node: Node) => stillHolds(node, value, boxes.includes(node as Element));
      if (!(holders ?? boxes).some(isThere)) facts.delete(value);
    }
  }

  const isLeft = (value: string) => (facts.get(value)?.place ?? here) !== here;

  function siftPerson(person: SightedPerson, url: URL, isSettled: boolean): SightedPerson | null {
    // An open draft is in view whatever the address says, and with it the people it goes to.
    if (person.standing === 'recipient') return person;
    if (factsOf(person).some(isLeft)) return bare(person, url);
    if (person.standing !== 'subject') return person;
    if (subject !== null && isAnother(subject, person)) return bare(person, url);
    // A page may draw its last person anew while it fetches the next. Two records of one person are told a moment later.
    if (!isSettled && earlier !== null && isAlike(earlier, person)) return bare(person, url);
    if (isSettled && (person.name !== null || subject === null)) subject = person;
    return person;
  }

  return {
    sift(sighting, url, isSettled) {
      prune();
      if (sighting === null) return { sighting, isWhole: true };
      const people = sighting.people.map((person) => siftPerson(person, url, isSettled));
      if (people.every((person, index) => person === sighting.people[index])) return { sighting, isWhole: true };
      const rest = people.filter((person) => person !== null);
      return { sighting: rest.length === 0 ? null : { ...sighting, people: rest }, isWhole: false };
    },
    note(sighting, boxes) {
      shown = sighting?.people.find(({ standing }) => standing === 'subject') ?? shown;
      for (const value of (sighting?.people ?? []).flatMap(factsOf)) {
        // What an open draft shares with an earlier place stays that place's until it is gone there.
        if (!isLeft(value)) facts.set(value, { place: here, boxes, holders: null });
      }
    },
    knows(sighting) {
      const values = (sighting?.people ?? []).flatMap(factsOf);
      return values.length > 0 && values.every((value) => facts.get(value)?.place === here);
    },
    locate,
    leave(next, url) {
      locate();
      // The same person under another of their names: a member's number becomes a public identifier.
      const isRenamed = subject?.clues.some((clue) => /^linkedin/.test(clue.kind) && isIn(url, clue)) ?? false;
      if (isRenamed) for (const fact of facts.values()) if (fact.place === here) fact.place = next;
      if (!isRenamed) {
        if (shown !== null && factsOf(shown).length > 0) earlier = shown;
        shown = null;
        subject = null;
      }
      here = next;
    },
  };
}
