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

/**
 * People whom an import has resolved before and who are placed at an account: rows that say the very same of them (the same values, see `remember`) and only
 * fill what is empty change nothing any more, so nothing needs to be looked up for them. Holds what is committed, and forgets what others changed since.
 */
export class SettledPeople {
  readonly #byFacts = new Map<ContactFacts, Settling & { at: number }>();
  readonly #changedAt = new Map<string, number>();
  #time = 0;

  /** Null: not settled, or changed since. */
  find(contact: ContactFacts, account: AccountFacts | null): SettledPerson | null {
    const known = this.#byFacts.get(contact);
    if (known === undefined || known.account !== account) return null;
    const changedAt = this.#changedAt.get(known.person.bundle);
    return changedAt !== undefined && changedAt >= known.at ? null : known.person;
  }

  add(people: readonly Settling[]): void {
    this.#time += 1;
    if (this.#byFacts.size > mostKept) this.#byFacts.clear();
    for (const each of people) this.#byFacts.set(each.contact, { ...each, at: this.#time });
  }

  /** Somebody else changed these bundles. */
  forget(bundles: Iterable<string>): void {
    for (const bundle of bundles) this.#changedAt.set(bundle, this.#time);
  }

  /** Nothing is sure any more. */
  forgetAll(): void {
    this.#byFacts.clear();
    this.#changedAt.clear();
  }
}
