import { type Audience, audienceSchema, type TalkingPointResult } from '#contract/desk.ts';
import type { CampaignId, MemberId, TalkingPointId } from '#contract/ids.ts';
import { longest } from '#contract/limits.ts';
import { word } from '../../platform/words.ts';

/** A talking point in the editor. Fields hold what was typed; empty stands for "none". `replaces`: the one this is an edit of. */
export interface Draft {
  id: TalkingPointId;
  replaces: TalkingPointId | null;
  title: string;
  text: string;
  whyNow: string;
  link: string;
  campaignId: string;
  startsOn: string;
  expiresOn: string;
  /** A member's id; empty: who sends it. */
  ownerId: string;
  audience: Audience;
}

/** An empty talking point for accounts that were active in the last 30 days. */
export function createDraft(): Draft {
  return {
    id: crypto.randomUUID() as TalkingPointId,
    replaces: null,
    title: '',
    text: '',
    whyNow: '',
    link: '',
    campaignId: '',
    startsOn: '',
    expiresOn: '',
    ownerId: '',
    audience: audienceSchema.parse({ segments: [], tiers: [], stages: [], activeDays: 30 }),
  };
}

/** An edit of a talking point: a new one that will take its place. */
export function draftFrom(point: TalkingPointResult): Draft {
  return {
    id: crypto.randomUUID() as TalkingPointId,
    replaces: point.id,
    title: point.title,
    text: point.text,
    whyNow: point.whyNow ?? '',
    link: point.link ?? '',
    campaignId: point.campaignId ?? '',
    startsOn: point.startsOn ?? '',
    expiresOn: point.expiresOn ?? '',
    ownerId: point.ownerId ?? '',
    audience: point.audience,
  };
}

/** A draft as it was put aside, over what it would be without: one from before a field was there has it from `fresh`; what cannot be read is `fresh`. */
export function restoreDraft(kept: string, fresh: Draft): Draft {
  try {
    const { audience, ...words } = JSON.parse(kept) as Partial<Draft>;
    const read = audienceSchema.safeParse(audience);
    return { ...fresh, ...words, audience: read.success ? read.data : fresh.audience };
  } catch {
    return fresh;
  }
}

/** Whether two drafts say the same to the same accounts, whatever their ids. */
export function isSameDraft(one: Draft, other: Draft): boolean {
  const words = ({ id: _, replaces: __, ...rest }: Draft) => JSON.stringify(rest);
  return words(one) === words(other);
}

/** What goes to the store. */
export function toRequest(draft: Draft) {
  const orNull = (typed: string) => typed.trim() || null;
  return {
    id: draft.id,
    replaces: draft.replaces,
    title: draft.title.trim(),
    text: draft.text.trim(),
    whyNow: orNull(draft.whyNow),
    link: orNull(draft.link),
    campaignId: orNull(draft.campaignId) as CampaignId | null,
    startsOn: orNull(draft.startsOn),
    expiresOn: orNull(draft.expiresOn),
    ownerId: orNull(draft.ownerId) as MemberId | null,
    audience: draft.audience,
  };
}

/** A field of the draft that stops the push, with a sentence for the person. */
export interface DraftFault {
  field: 'title' | 'text' | 'whyNow' | 'link' | 'expiresOn';
  message: string;
}

function isHttps(link: string): boolean {
  return URL.canParse(link) && new URL(link).protocol === 'https:';
}

/** What stops the push, in the order of the fields. `today` is `YYYY-MM-DD`. */
export function findFaults(draft: Draft, today: string): DraftFault[] {
  const faults: DraftFault[] = [];
  if (!draft.title.trim()) faults.push({ field: 'title', message: word('desk_fault_title_missing') });
  if (!draft.text.trim()) faults.push({ field: 'text', message: word('desk_fault_text_missing') });
  for (const field of ['title', 'text', 'whyNow'] as const) {
    const over = draft[field].trim().length - longest[field];
    if (over > 0) faults.push({ field, message: word('desk_fault_too_long', over) });
  }
  if (draft.link.trim() && !isHttps(draft.link.trim())) {
    faults.push({ field: 'link', message: word('desk_fault_link') });
  }
  if (draft.expiresOn && draft.startsOn && draft.expiresOn < draft.startsOn) {
    faults.push({ field: 'expiresOn', message: word('desk_fault_expires_before_start') });
  } else if (draft.expiresOn && draft.expiresOn < today) {
    faults.push({ field: 'expiresOn', message: word('desk_fault_expired') });
  }
  return faults;
}
