import { z } from 'zod';
import { ownAskSchema } from './ask.ts';
import {
  bundleSchema,
  ownOutcomeSchema,
  ownVerdictSchema,
  talkingPointSchema,
  workspaceFactsSchema,
} from './bundle.ts';
import { ownHandOverSchema } from './hand-over.ts';
import { contactIdSchema, instantSchema, keyIdSchema, talkingPointIdSchema } from './ids.ts';
import { rejectionSchema } from './mutation.ts';
import { receiptSchema } from './receipt.ts';

/** A place in the feed: the entry's number and that entry's random token. A token that does not match means another history. Written `<seq>.<token>`. */
export const cursorSchema = z
  .string()
  .regex(/^\d{1,15}\.[0-9a-f-]{36}$/)
  .brand<'Cursor'>();
export type Cursor = z.infer<typeof cursorSchema>;

/**
 * What a feed entry says has changed. `refetch` stands for more than an entry can list; `erased`: a contact is gone for good, from what devices keep as well;
 * `scores`: another scorecard is in force, by which devices score what they hold.
 */
export const changeSchema = z.object({
  kind: z.enum([
    'bundle',
    'talkingPoint',
    'workspace',
    'verdict',
    'outcome',
    'receipt',
    'ask',
    'handOver',
    'refetch',
    'erased',
    'scores',
  ]),
  /** Id of what changed; null for `workspace`, `refetch` and `scores`, and for several asks. */
  id: z.uuid().nullable(),
  /** Only this member's devices need it; null means all. */
  memberId: z.uuid().nullable(),
});
export type Change = z.infer<typeof changeSchema>;

/** The query of `GET /v1/pull`. `keyId`: under which key the device holds its copy; without one it is the key that the device was last given. */
export const pullQuerySchema = z.object({ after: cursorSchema, keyId: keyIdSchema.optional() });
/** The query of `GET /v1/snapshot`. `keyId`: under which key it is wanted; one that is not in use, or no more, is answered under the newest. */
export const snapshotQuerySchema = z.object({ keyId: keyIdSchema.optional() });

/** What the store tells a device about its own mutations: all up to `lastSequence` are stored; those refused, since the last 30 days. */
export const deviceProgressSchema = z.object({
  lastSequence: z.number().int().min(0),
  rejected: z.array(rejectionSchema),
});

/**
 * `GET /v1/pull?after=<cursor>`: everything that changed in (from, to], as it stands now. `from` must equal the device's cursor: anything else is a hole.
 * `more`: call again at once. `status: 'refetch'` (another history, too much, or the copy's key is no longer in use): take a fresh snapshot, then replay mutations
 * after `device.lastSequence`. `keyId`: the workspace's newest key; missing from a store that does not rotate.
 */
export const pullAnswerSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('changes'),
    from: cursorSchema,
    to: cursorSchema,
    more: z.boolean(),
    bundles: z.array(bundleSchema),
    removedBundles: z.array(z.uuid()),
    talkingPoints: z.array(talkingPointSchema),
    removedTalkingPoints: z.array(talkingPointIdSchema),
    verdicts: z.array(ownVerdictSchema),
    outcomes: z.array(ownOutcomeSchema),
    /** Contacts that are gone for good: what a device keeps about them goes, what waits to be sent as well. */
    erasedContacts: z.array(contactIdSchema).default([]),
    /** All of this member's that they have not put away, when one has come or gone. */
    receipts: z.array(receiptSchema).optional(),
    /** This member's asks and those put to them, when one of them changed; as `OwnPart` has them. */
    asks: z.array(ownAskSchema).optional(),
    /** All of this member's, when one has come or changed. */
    handOvers: z.array(ownHandOverSchema).optional(),
    workspace: workspaceFactsSchema.nullable(),
    device: deviceProgressSchema,
    storeTime: instantSchema,
    keyId: keyIdSchema.optional(),
  }),
  z.object({ status: z.literal('refetch'), device: deviceProgressSchema, storeTime: instantSchema }),
]);
export type PullAnswer = z.infer<typeof pullAnswerSchema>;

/**
 * `GET /v1/snapshot` answers NDJSON, one of these a line: first `head`, then the rest, last `end`. Without `end` it was cut off and is not taken.
 * `mine` is this member's own part. A newer store may send other lines between: they are passed over.
 */
export const snapshotLineSchema = z.discriminatedUnion('line', [
  z.object({
    line: z.literal('head'),
    cursor: cursorSchema,
    bundles: z.number().int(),
    storeTime: instantSchema,
    workspace: workspaceFactsSchema,
    /** The key of all keys in the copy; missing from a store that does not rotate. */
    keyId: keyIdSchema.optional(),
  }),
  z.object({ line: z.literal('bundles'), bundles: z.array(bundleSchema) }),
  z.object({ line: z.literal('talkingPoints'), talkingPoints: z.array(talkingPointSchema) }),
  z.object({
    line: z.literal('mine'),
    verdicts: z.array(ownVerdictSchema),
    outcomes: z.array(ownOutcomeSchema),
    /** As in a pull, all of them. */
    erasedContacts: z.array(contactIdSchema).default([]),
    receipts: z.array(receiptSchema).optional(),
    asks: z.array(ownAskSchema).optional(),
    handOvers: z.array(ownHandOverSchema).optional(),
    device: deviceProgressSchema,
  }),
  z.object({ line: z.literal('end') }),
]);
export type SnapshotLine = z.infer<typeof snapshotLineSchema>;
/** The lines this build knows. */
export const snapshotLineNames: readonly string[] = snapshotLineSchema.options.map((each) => each.shape.line.value);

/** `GET /v1/live`, server-sent events: `poke` has no data, `bye` says in `retryMs` when to come back. A comment line every 15 s is the heartbeat. */
export const byeSchema = z.object({ retryMs: z.number().int().min(0).max(600_000) });

/** The query of `GET /v1/live/wait`. `after`: the place that the last such answer named. */
export const liveWaitQuerySchema = z.object({ after: cursorSchema.optional() });

/**
 * `GET /v1/live/wait`, for who hears nothing by a stream: answered once the feed stands elsewhere than at `after` (at once without one), or after some 25 s.
 * `moved`: pull now. `at`: where it stands, to ask with next; null: ask without. `retryMs`: ask again no sooner.
 */
export const liveWaitAnswerSchema = z.object({
  moved: z.boolean(),
  at: cursorSchema.nullable(),
  retryMs: z.number().int().min(0).max(600_000),
});
export type LiveWaitAnswer = z.infer<typeof liveWaitAnswerSchema>;
