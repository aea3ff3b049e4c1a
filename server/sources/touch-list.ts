import type { TouchFacts } from './record.ts';
import type { ContactState } from './resolve-known.ts';
import type { SettledPerson } from './settled-people.ts';

/** Whose a touch is. */
export type TouchedPerson = ContactState | SettledPerson;

/** Whether a touch is one of those that are meant. `at` in milliseconds. */
export type TouchTest = (contactId: string, externalId: string, at: number) => boolean;

/** Touches that will be added, a list for each of their parts: so they go to PostgreSQL, and a million of them are no million objects. */
export class TouchList {
  readonly externalIds: string[] = [];
  readonly people: TouchedPerson[] = [];
  readonly campaignIds: (string | null)[] = [];
  readonly kinds: string[] = [];
  readonly at: number[] = [];
  readonly details: (string | null)[] = [];
  readonly isRobot: boolean[] = [];

  get length(): number {
    return this.externalIds.length;
  }

  /** `externalId`: what tells it apart among those of its contact and source. */
  add(person: TouchedPerson, campaignId: string | null, externalId: string, touch: TouchFacts): void {
    this.externalIds.push(externalId);
    this.people.push(person);
    this.campaignIds.push(campaignId);
    this.kinds.push(touch.kind);
    this.at.push(touch.at.getTime());
    this.details.push(touch.detail);
    this.isRobot.push(touch.isRobot);
  }

  /** Those that pass. */
  filter(passes: TouchTest): TouchList {
    const keep = <T>(part: readonly T[]): T[] =>
      part.filter((_, place) =>
        passes(this.people[place]?.id ?? '', this.externalIds[place] ?? '', this.at[place] ?? 0),
      );
    return Object.assign(new TouchList(), {
      externalIds: keep(this.externalIds),
      people: keep(this.people),
      campaignIds: keep(this.campaignIds),
      kinds: keep(this.kinds),
      at: keep(this.at),
      details: keep(this.details),
      isRobot: keep(this.isRobot),
    });
  }
}
