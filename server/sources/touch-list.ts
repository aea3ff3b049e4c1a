/** One touch of a `TouchList`. `at` in milliseconds. */
export interface TouchEntry {
  externalId: string;
  contactId: string;
  campaignId: string | null;
  kind: string;
  at: number;
  detail: string | null;
  isRobot: boolean;
}

/** Whether a touch is one of those that are meant. `at` in milliseconds. */
export type TouchTest = (contactId: string, externalId: string, at: number) => boolean;

/** Touches that will be added, a list for each of their parts: so they go to PostgreSQL, and a million of them are no million objects. */
export class TouchList {
  readonly externalIds: string[];
  readonly contactIds: string[];
  readonly campaignIds: (string | null)[];
  readonly kinds: string[];
  readonly at: number[];
  readonly details: (string | null)[];
  readonly isRobot: boolean[];

  constructor(
    from: Pick<TouchList, 'externalIds' | 'contactIds' | 'campaignIds' | 'kinds' | 'at' | 'details' | 'isRobot'> = {
      externalIds: [],
      contactIds: [],
      campaignIds: [],
      kinds: [],
      at: [],
      details: [],
      isRobot: [],
    },
  ) {
    this.externalIds = from.externalIds;
    this.contactIds = from.contactIds;
    this.campaignIds = from.campaignIds;
    this.kinds = from.kinds;
    this.at = from.at;
    this.details = from.details;
    this.isRobot = from.isRobot;
  }

  get length(): number {
    return this.externalIds.length;
  }

  add(touch: TouchEntry): void {
    this.externalIds.push(touch.externalId);
    this.contactIds.push(touch.contactId);
    this.campaignIds.push(touch.campaignId);
    this.kinds.push(touch.kind);
    this.at.push(touch.at);
    this.details.push(touch.detail);
    this.isRobot.push(touch.isRobot);
  }

  /** Those from that place on. */
  slice(from: number): TouchList {
    return this.#map((part) => part.slice(from));
  }

  /** Those that pass. */
  filter(passes: TouchTest): TouchList {
    return this.#map((part) =>
      part.filter((_, place) =>
        passes(this.contactIds[place] ?? '', this.externalIds[place] ?? '', this.at[place] ?? 0),
      ),
    );
  }

  #map(keep: <T>(part: readonly T[]) => T[]): TouchList {
    return new TouchList({
      externalIds: keep(this.externalIds),
      contactIds: keep(this.contactIds),
      campaignIds: keep(this.campaignIds),
      kinds: keep(this.kinds),
      at: keep(this.at),
      details: keep(this.details),
      isRobot: keep(this.isRobot),
    });
  }
}
