import { z } from 'zod';
import {
  foldWord,
  type IdealCustomer,
  idealCustomerSchema,
  type Qualified,
  qualifiedSchema,
  type Segments,
  type Stages,
  segmentSchema,
  segmentsSchema,
  stageSchema,
  stagesSchema,
  type Tiers,
  termSchema,
  tiersSchema,
} from './common-language.ts';
import { agreementNoteIdSchema, draftIdSchema, instantSchema, memberIdSchema } from './ids.ts';
import { longest } from './limits.ts';
import { criterionSchema, qualifiedRuleSchema, scorecardSchema } from './score.ts';

/** The agreements on words: the common language. */
export const languageKinds = ['stages', 'qualified', 'segments', 'tiers', 'ideal-customer'] as const;
export const languageKindSchema = z.enum(languageKinds);
export type LanguageKind = z.infer<typeof languageKindSchema>;
/** The scorecard, for what is asked of it alone. */
export const scorecardKindSchema = z.enum(['scorecard']);
/** What both sides sign. */
export const agreementKindSchema = z.enum(['scorecard', ...languageKinds]);
export type AgreementKind = z.infer<typeof agreementKindSchema>;

/** Who has to sign. */
export const sideSchema = z.enum(['marketing', 'sales']);
export type Side = z.infer<typeof sideSchema>;

const isFalling = ([first, second, third]: readonly [number, number, number]): boolean =>
  first > second && second > third;
const thresholdsSchema = scorecardSchema.shape.fitThresholds.refine(
  isFalling,
  'The thresholds have to fall from the best to the worst.',
);

/** What of a scorecard is agreed on: everything but its number, its date and its signatures. */
export const cardBodySchema = z
  .object({
    criteria: scorecardSchema.shape.criteria,
    fitThresholds: thresholdsSchema,
    engagementThresholds: thresholdsSchema,
    /** Absent where none was agreed yet. */
    qualified: qualifiedRuleSchema.optional(),
  })
  .superRefine(({ criteria }, context) => {
    const seen = new Set<string>();
    for (const [index, { id }] of criteria.entries()) {
      if (seen.has(id))
        context.addIssue({ code: 'custom', path: ['criteria', index, 'id'], message: `Two criteria are named ${id}.` });
      seen.add(id);
    }
  });
export type CardBody = z.infer<typeof cardBodySchema>;

/** What each agreement says. */
export interface AgreedBodies {
  scorecard: CardBody;
  stages: Stages;
  qualified: Qualified;
  segments: Segments;
  tiers: Tiers;
  'ideal-customer': IdealCustomer;
}
export type AnyBody = AgreedBodies[AgreementKind];
export type LanguageBody = AgreedBodies[LanguageKind];
/** By which schema each is read. */
export const bodySchemas = {
  scorecard: cardBodySchema,
  stages: stagesSchema,
  qualified: qualifiedSchema,
  segments: segmentsSchema,
  tiers: tiersSchema,
  'ideal-customer': idealCustomerSchema,
} as const satisfies { [Kind in AgreementKind]: z.ZodType<AgreedBodies[Kind]> };

const languageBodySchema = z.union([stagesSchema, segmentsSchema, tiersSchema, idealCustomerSchema, qualifiedSchema]);
/** What any agreement says. Each has parts of another name. */
export const anyBodySchema = z.union([cardBodySchema, ...languageBodySchema.options]);

/**
 * A part of an agreement. Of a scorecard: a criterion by its id, the thresholds of an axis, or the rule of who is qualified; of words: one of the list (`item:` and the word
 * as `foldWord` writes it), `text`, the `order` of the list, `rulesFirst` of segments.
 */
export const cardPartSchema = z.string().min(1).max(500);
const partValueSchema = criterionSchema.or(thresholdsSchema).or(qualifiedRuleSchema).nullable();

/** A word of a list, as it stands in its agreement. */
const wordItemSchema = z.union([stageSchema, segmentSchema, termSchema]);
export type WordItem = z.infer<typeof wordItemSchema>;
const wordValueSchema = z.union([wordItemSchema, z.string(), z.array(z.string()), z.boolean()]).nullable();

/** What happened to one part. `before` and `after` in words of the part itself; null: it was not there, or is not any more. Order alone is no difference of scorecards. */
const describeDifference = <Value extends z.ZodType>(value: Value) =>
  z.object({ part: cardPartSchema, label: z.string(), before: value, after: value });
const differenceSchema = describeDifference(partValueSchema);
const wordDifferenceSchema = describeDifference(wordValueSchema);
export type CardDifference = z.infer<typeof differenceSchema>;
export type WordDifference = z.infer<typeof wordDifferenceSchema>;

const personSchema = z.object({ id: memberIdSchema, name: z.string() });

/** A signature. `isArbiter`: given by the arbiter in place of that side. */
const signatureSchema = z.object({
  side: sideSchema,
  by: personSchema,
  at: instantSchema,
  isArbiter: z.boolean(),
});
export type Signature = z.infer<typeof signatureSchema>;

/** A version that is, or was, in force. `by` and `draftId` null: it came with the workspace. `revertsTo`: it is that earlier version again. */
const describeVersion = <Difference extends z.ZodType>(difference: Difference) =>
  z.object({
    version: z.number().int().min(1),
    reason: z.string().nullable(),
    publishedAt: instantSchema,
    by: personSchema.nullable(),
    signatures: z.array(signatureSchema),
    revertsTo: z.number().int().nullable(),
    differences: z.array(difference),
  });
export const agreedVersionSchema = describeVersion(differenceSchema);
export type AgreedVersion = z.infer<typeof agreedVersionSchema>;

/** What is said about a draft: a word; a proposal for one part; or that somebody disagrees, which lets the arbiter decide. */
export const noteKindSchema = z.enum(['comment', 'proposal', 'dispute']);

const describeNote = <Change extends z.ZodType>(change: Change) =>
  z.object({
    id: agreementNoteIdSchema,
    kind: noteKindSchema,
    by: personSchema,
    at: instantSchema,
    text: z.string(),
    about: cardPartSchema.nullable(),
    change,
    state: z.enum(['open', 'taken', 'declined']),
    answer: z.string().nullable(),
  });
/**
 * Something said. `about`: which part, null the whole. `change` of a proposal: the criterion as it should be; null: it should go. `state` of a proposal: whether
 * it was taken into the draft; of everything else it is `open`.
 */
export const agreementNoteSchema = describeNote(criterionSchema.nullable());
export type AgreementNote = z.infer<typeof agreementNoteSchema>;

const describeDraft = <Body extends z.ZodType, Difference extends z.ZodType>(body: Body, difference: Difference) =>
  z.object({
    id: draftIdSchema,
    basedOn: z.number().int().min(1),
    revision: z.number().int().min(1),
    body,
    differences: z.array(difference),
    /** Its saved states, and how each differs from the one before it. */
    edits: z.array(
      z.object({
        revision: z.number().int().min(1),
        by: personSchema,
        at: instantSchema,
        note: z.string().nullable(),
        differences: z.array(difference),
      }),
    ),
    signatures: z.array(signatureSchema),
    /** Who of those named to sign for sales has had this state before them; from earlier stores nobody. */
    seen: z.array(z.object({ by: personSchema, at: instantSchema })).default([]),
  });
/** What is being worked on. `revision` counts its saved states; signatures hold for the newest alone. `differences`: from what is in force. */
export const agreementDraftSchema = describeDraft(cardBodySchema, differenceSchema);
export type AgreementDraft = z.infer<typeof agreementDraftSchema>;

/** Who may sign for sales, and who decides what stays disputed. */
const signersSchema = z.object({ sales: z.array(personSchema), arbiter: personSchema.nullable() });

/** What the asking member may do right now. `sign`: for which sides. */
const mayDoSchema = z.object({
  edit: z.boolean(),
  sign: z.array(sideSchema),
  publish: z.boolean(),
  nameSigners: z.boolean(),
});

const common = {
  signers: signersSchema,
  missing: z.array(z.enum(['change', 'marketing', 'sales', 'signer'])),
  may: mayDoSchema,
};

/**
 * `GET /v1/agreements/scorecard`, and what every change to it answers. `versions`: newest first, the first one is in force, at most 100. `notes`: oldest first, of the
 * open draft, and open proposals from before it. `missing`: what publishing the draft waits for: a change at all, a signature, or, where nobody is named to sign for sales, that somebody is; empty when
 * nothing, or when there is no draft.
 */
export const agreementSchema = z.object({
  kind: scorecardKindSchema,
  inForce: z.object({ version: z.number().int().min(1), body: cardBodySchema }),
  versions: z.array(agreedVersionSchema),
  draft: agreementDraftSchema.nullable(),
  notes: z.array(agreementNoteSchema),
  ...common,
});
export type Agreement = z.infer<typeof agreementSchema>;

const languageNoteSchema = describeNote(z.union([wordItemSchema, z.string()]).nullable());
export type LanguageNote = z.infer<typeof languageNoteSchema>;

/** The same for an agreement on words. */
export const languageAgreementSchema = z.object({
  kind: languageKindSchema,
  inForce: z.object({ version: z.number().int().min(1), body: languageBodySchema }),
  versions: z.array(describeVersion(wordDifferenceSchema)),
  draft: describeDraft(languageBodySchema, wordDifferenceSchema).nullable(),
  notes: z.array(languageNoteSchema),
  ...common,
});
export type LanguageAgreement = z.infer<typeof languageAgreementSchema>;

/** `GET /v1/agreements/<kind>`, and what every change answers. */
export const anyAgreementSchema = z.union([agreementSchema, languageAgreementSchema]);
export type AnyAgreement = z.infer<typeof anyAgreementSchema>;

/**
 * `GET /v1/agreements`, for marketers: the agreements in which something waits for somebody. `signed`: who signed the newest state of the open draft, in the order of time;
 * `proposals` that nobody has answered, and since when the oldest of them waits. `kind` is one of `agreementKindSchema`, or one that a newer store knows.
 */
export const waitingAgreementsSchema = z.array(
  z.object({
    kind: z.string().max(60),
    signed: z.array(z.object({ side: sideSchema, by: z.string(), at: instantSchema })),
    proposals: z.number().int(),
    proposedAt: instantSchema.nullable(),
  }),
);
export type WaitingAgreement = z.infer<typeof waitingAgreementsSchema>[number];

const revisionOf = { draftId: draftIdSchema, revision: z.number().int().min(1) };

/** `PUT …/draft`: the draft as it should be, as it was edited from `revision`. What others saved since is kept, where it is about other parts. */
export const saveDraftSchema = z.object({
  ...revisionOf,
  body: anyBodySchema,
  note: z.string().trim().min(1).max(longest.draftReason).nullable().default(null),
});
/** `POST …/draft/sign` and `…/draft/unsign`. */
export const signDraftSchema = z.object({ ...revisionOf, side: sideSchema });
/** `POST …/draft/seen`. */
export const seenDraftSchema = z.object(revisionOf);
/** `POST …/draft/publish`. */
export const publishDraftSchema = z.object({
  ...revisionOf,
  reason: z.string().trim().min(1).max(longest.draftReason),
});
/** `POST …/draft/withdraw`. */
export const withdrawDraftSchema = z.object({ draftId: draftIdSchema });
/** `POST …/revert`: back to the version before the one in force, which is named so that nobody reverts twice. */
export const revertSchema = z.object({
  version: z.number().int().min(1),
  reason: z.string().trim().min(1).max(longest.draftReason),
});
const changeSchema = z.union([criterionSchema, wordItemSchema, z.string().max(2000)]).nullable();
export type ProposedChange = z.infer<typeof changeSchema>;

/** Which part a proposed change is about; null: it does not say. */
function partOf(change: ProposedChange): string | null {
  if (change === null) return null;
  if (typeof change === 'string') return 'text';
  return 'axis' in change ? change.id : `item:${foldWord(change.name)}`;
}

/** `POST …/notes`. `change` counts for a proposal alone. */
export const newNoteSchema = z
  .object({
    kind: noteKindSchema,
    text: z.string().trim().min(1).max(longest.draftNote),
    about: cardPartSchema.nullable().default(null),
    change: changeSchema.default(null),
  })
  .refine(({ kind, about, change }) => kind !== 'proposal' || (about !== null && (partOf(change) ?? about) === about), {
    path: ['about'],
    message: 'A proposal names the part that it is about',
  });
/** `POST …/notes/<id>/answer` to a proposal: taken into the draft, or declined, with a word to whoever made it. */
export const answerNoteSchema = z.object({
  state: z.enum(['taken', 'declined']),
  answer: z.string().trim().min(1).max(longest.draftReason).nullable().default(null),
});
/** `PUT …/signers`. */
export const nameSignersSchema = z.object({
  sales: z.array(memberIdSchema).max(50),
  arbiter: memberIdSchema.nullable(),
});

/** A save that met somebody else's on the same part: 409, `clashes` in the problem. `ours`: the sender's, `theirs`: as it was saved meanwhile; null: gone. */
const describeClash = <Value extends z.ZodType>(value: Value) =>
  z.object({ part: cardPartSchema, label: z.string(), ours: value, theirs: value });
export const clashSchema = describeClash(partValueSchema);
export type CardClash = z.infer<typeof clashSchema>;
/** The same of words. */
export const wordClashSchema = describeClash(wordValueSchema);
export type WordClash = z.infer<typeof wordClashSchema>;
