import type { AccountFacts, ContactFacts } from './record.ts';

/** Somebody whom rows speak of: the contact, and the bundle its card is drawn from. */
export interface SettledPerson {
  id: string;
  bundle: string;
}

/** About as many as `remember` keeps of what rows say; above, all are looked at anew. */
const mostKept = 200_000;

/** What rows say of a person, and who that turned out to be. */
export interface Settling {
  contact: ContactFacts;
  account: AccountFacts | null;
  person: SettledPerson;
}

/** The bundle of people who are settled, and when somebody else last changed it. */
interface Place {
  changedAt: number;
}

/**
 * People whom an import has resolved before and who are placed at an account: rows that say the very same of them (the same values, see `remember`) and only
 * fill what is empty change nothing any more, so nothing needs to be looked up for them. Holds what is committed, and forgets what others changed since.
 */
export class SettledPeople {
  readonly #byFacts = new Map<ContactFacts, Omit<Settling, 'contact'> & { place: Place; at: number }>();
  readonly #places = new Map<string, Place>();
  #time = 0;

  /** Null: not settled, or changed since. */
  find(contact: ContactFacts, account: AccountFacts | null): SettledPerson | null {
    const known = this.#byFacts.get(contact);
    return known === undefined || known.account !== account || known.place.changedAt >= known.at ? null : known.person;
  }

  add(people: readonly Settling[]): void {
    this.#time += 1;
    if (this.#byFacts.size > mostKept) this.forgetAll();
    for (const { contact, account, person } of people) {
      const place = this.#places.get(person.bundle) ?? { changedAt: 0 };
      this.#places.set(person.bundle, place);
      this.#byFacts.set(contact, { account, person, place, at: this.#time });
    }
  }

  /** Somebody else changed these bundles. */
  forget(bundles: Iterable<string>): void {
    for (const bundle of bundles) {
      const place = this.#places.get(bundle);
      if (place !== undefined) place.changedAt = this.#time;
    }
  }

  /** Nothing is sure any more. */
  forgetAll(): void {
    this.#byFacts.clear();
    this.#places.clear();
  }
}
