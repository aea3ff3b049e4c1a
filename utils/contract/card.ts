import { z } from 'zod';
import { ownAskSchema } from './ask.ts';
import { bundleAccountSchema, bundleContactSchema, bundleInsightSchema, workspaceFactsSchema } from './bundle.ts';
import { ownHandOverSchema } from './hand-over.ts';
import {
  accountIdSchema,
  contactIdSchema,
  instantSchema,
  outcomeIdSchema,
  talkingPointIdSchema,
  verdictIdSchema,
} from './ids.ts';
import { insightKindSchema, insightMethodSchema } from './insight.ts';
import { receiptSchema } from './receipt.ts';
import { roleSchema } from './session.ts';
import { clueSchema, sightingSchema } from './sighting.ts';
import { verdictReasonSchema, verdictValueSchema } from './verdict.ts';

/**
 * How sure a match is. `chosen`: by a person (an identity link or a choice in this view); `untagged`: by the address but for its `+tag`;
 * `domain`: the account only; `several`: choose one; `none`: not known to the store.
 */
export const surenessSchema = z.enum(['exact', 'untagged', 'domain', 'chosen', 'several', 'none']);
export type Sureness = z.infer<typeof surenessSchema>;

/** A row of the switcher or of a search: somebody a card can be opened for. */
export const candidateSchema = z.object({
  contactId: contactIdSchema.nullable(),
  accountId: accountIdSchema.nullable(),
  name: z.string(),
  account: z.string().nullable(),
  grade: z.string().nullable(),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** Somebody to choose, with what speaks for them, in words. */
export const reasonedCandidateSchema = candidateSchema.extend({ reason: z.string() });
export type ReasonedCandidate = z.infer<typeof reasonedCandidateSchema>;

/** Who said that an identifier is this person's, and when; `isOwn`: this browser's member did. */
export const choiceSchema = z.object({ by: z.string(), at: instantSchema, isOwn: z.boolean() });

/**
 * One sighted person and what the replica knows of them; `index` is their place in the sighting. `evidence` is what was matched, shown to the person
 * (an address, a profile's identifier). `side`: a customer, a shared mailbox (`info@`), or one of the workspace's own. `candidates`: whom to choose from
 * when `several`. `suggested`, for the selected one: who it could be, by name and company alone; never a match, a person says so or not. `choice`: the identity link behind `chosen`.
 */
export const personMatchSchema = candidateSchema.extend({
  index: z.number().int().min(0),
  side: z.enum(['customer', 'shared', 'colleague']),
  sureness: surenessSchema,
  evidence: z.string(),
  clue: clueSchema.nullable(),
  candidates: z.array(reasonedCandidateSchema),
  suggested: z.array(reasonedCandidateSchema),
  choice: choiceSchema.nullable(),
});
export type PersonMatch = z.infer<typeof personMatchSchema>;

/** Where something the person did stands: on disk here, on its way, confirmed by the store, or refused. */
export const deliverySchema = z.enum(['saved', 'sending', 'sent', 'refused']);
export type Delivery = z.infer<typeof deliverySchema>;

/** This member's standing verdict on the contact, the outbox already laid over the replica. */
export const cardVerdictSchema = z.object({
  verdictId: verdictIdSchema,
  value: verdictValueSchema,
  reason: verdictReasonSchema.nullable(),
  at: instantSchema,
  delivery: deliverySchema,
});
export type CardVerdict = z.infer<typeof cardVerdictSchema>;

export const cardTalkingPointSchema = z.object({
  id: talkingPointIdSchema,
  title: z.string(),
  text: z.string(),
  whyNow: z.string().nullable(),
  link: z.string().nullable(),
  expiresOn: z.string().nullable(),
  isNew: z.boolean(),
  usedAt: instantSchema.nullable(),
  outcome: z.enum(['landed', 'fell_flat']).nullable(),
  outcomeId: outcomeIdSchema.nullable(),
});
export type CardTalkingPoint = z.infer<typeof cardTalkingPointSchema>;

/** An ask as the panel shows it: the outbox already laid over what the store told. `delivery`: of what this member did last about it. */
export const shownAskSchema = ownAskSchema.extend({ delivery: deliverySchema });
export type ShownAsk = z.infer<typeof shownAskSchema>;

/** A hand-over with what the outbox holds laid over it. `delivery`: of the member's answer to it, or of its taking back. */
export const cardHandOverSchema = ownHandOverSchema.extend({ delivery: deliverySchema });
export type CardHandOver = z.infer<typeof cardHandOverSchema>;

/** What the panel draws about one contact and account. `contact` null: a new person at a known account. */
export const cardSchema = z.object({
  sureness: surenessSchema,
  evidence: z.string(),
  choice: choiceSchema.nullable(),
  contact: bundleContactSchema.omit({ keys: true, links: true }).nullable(),
  account: bundleAccountSchema.omit({ keys: true }).nullable(),
  people: z.array(candidateSchema.extend({ title: z.string().nullable(), role: z.string().nullable() })),
  insights: z.array(bundleInsightSchema.extend({ contact: z.string().nullable(), delivery: deliverySchema })),
  talkingPoints: z.array(cardTalkingPointSchema),
  verdict: cardVerdictSchema.nullable(),
  /** The newest lead offered to this member that is this person; null: none. */
  handOver: cardHandOverSchema.nullable().optional(),
});
export type Card = z.infer<typeof cardSchema>;

/**
 * One thing that waits in the outbox, as the person sees it. `label` is the contact's or account's name; `refusal` says why it was refused, `refusalCode` stands
 * for it and leads to what can be done. `tries`: how often it was tried so far; `retryAt`: when what waits is tried again, by the device's clock; null where that is not settled.
 */
export const unsentItemSchema = z.object({
  sequence: z.number().int(),
  kind: z.string(),
  detail: z.string().nullable(),
  label: z.string().nullable(),
  savedAt: instantSchema,
  delivery: deliverySchema,
  refusal: z.string().nullable(),
  refusalCode: z.string().nullable(),
  tries: z.number().int(),
  retryAt: instantSchema.nullable(),
});
export type UnsentItem = z.infer<typeof unsentItemSchema>;

/**
 * How things stand with this browser.
 * `connection`: `never` (no invite taken), `connected`, `signedOut` (the store refused the token), `leaseEnded`.
 * `store`: `reached`, `offline` (no network), `unreachable` (an answer is missing or makes no sense), `storeTooOld` or `extensionTooOld` (the one that must be
 * updated before they understand each other; what the member does is kept) since `storeSince`.
 * `replica`: `empty`, `loading` (with `progress` from 0 to 1), `ready`, `noRoom` (this disk is full: there is no copy, what the member does is kept);
 * `asOf` is the store's time of the last pull. `clockOffset`: how much later the store's clock is than this device's, in milliseconds.
 */
export const panelStatusSchema = z.object({
  connection: z.enum(['never', 'connected', 'signedOut', 'leaseEnded']),
  store: z.enum(['reached', 'offline', 'unreachable', 'storeTooOld', 'extensionTooOld']),
  storeSince: instantSchema.nullable(),
  replica: z.enum(['empty', 'loading', 'ready', 'noRoom']),
  progress: z.number().min(0).max(1).nullable(),
  asOf: instantSchema.nullable(),
  clockOffset: z.number(),
  role: roleSchema.nullable(),
  member: z.string().nullable(),
  workspace: z.string().nullable(),
  unsent: z.array(unsentItemSchema),
  /** What the member is to be told once; without those they put away here. */
  receipts: z.array(receiptSchema).optional(),
  /** This member's asks and those put to them, newest first. */
  asks: z.array(shownAskSchema).optional(),
  /** What is offered to the member and waits for an answer, the first due first; without what they answered here. */
  handOvers: z.array(cardHandOverSchema).optional(),
});
export type PanelStatus = z.infer<typeof panelStatusSchema>;

/** What the panel asks: who is in view and, when the person chose, whom to show. `person` is an index into the sighting. */
export const cardRequestSchema = z.object({
  sighting: sightingSchema.nullable(),
  person: z.number().int().min(0).nullable(),
  contactId: contactIdSchema.nullable(),
  accountId: accountIdSchema.nullable(),
});
export type CardRequest = z.infer<typeof cardRequestSchema>;

/**
 * The answer. `people` is empty when nobody is in view, and ordered: customers, shared mailboxes, colleagues, the nearest first among each.
 * `selected` is the place in the sighting of the one the card is about; null when opened by hand, and when only colleagues are in view. `recent` are the last three opened.
 */
export const cardAnswerSchema = z.object({
  people: z.array(personMatchSchema),
  selected: z.number().int().nullable(),
  card: cardSchema.nullable(),
  recent: z.array(candidateSchema),
  facts: workspaceFactsSchema.nullable(),
  status: panelStatusSchema,
});
export type CardAnswer = z.infer<typeof cardAnswerSchema>;

/** Kind and method last used for an insight, offered for the next. */
export const insightDefaultsSchema = z.object({ kind: insightKindSchema, method: insightMethodSchema });
