import type { Audience, TalkingPointEvent, TalkingPointVersion } from '#contract/desk.ts';

const fields = ['title', 'text', 'whyNow', 'link', 'campaign', 'owner', 'startsOn', 'expiresOn'] as const;

/** One field that an edit changed; null stands for "none". */
export interface FieldChange {
  field: (typeof fields)[number];
  from: string | null;
  to: string | null;
}

/** Something that was done, with what it changed. `audience`: from and to, where it is another one. */
export interface HistoryLine extends TalkingPointEvent {
  changes: FieldChange[];
  audience: { from: Audience; to: Audience } | null;
}

/** What each event changed against the version before it. Order: as the events, newest first. */
export function describeHistory(events: readonly TalkingPointEvent[]): HistoryLine[] {
  return events.map((event, index) => {
    const before = events.slice(index + 1).find((each) => each.version !== null)?.version ?? null;
    if (!event.version || !before) return { ...event, changes: [], audience: null };
    return { ...event, ...compare(before, event.version) };
  });
}

function compare(from: TalkingPointVersion, to: TalkingPointVersion): Pick<HistoryLine, 'changes' | 'audience'> {
  const isSame = JSON.stringify(from.audience) === JSON.stringify(to.audience);
  return {
    changes: fields
      .filter((field) => from[field] !== to[field])
      .map((field) => ({ field, from: from[field], to: to[field] })),
    audience: isSame ? null : { from: from.audience, to: to.audience },
  };
}
