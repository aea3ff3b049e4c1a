import {
  agreementKindSchema,
  agreementSchema,
  answerNoteSchema,
  nameSignersSchema,
  newNoteSchema,
  publishDraftSchema,
  revertSchema,
  saveDraftSchema,
  seenDraftSchema,
  signDraftSchema,
  withdrawDraftSchema,
} from '#contract/agreement.ts';
import { criteriaEvidenceSchema, evidenceQuerySchema } from '#contract/evidence.ts';
import { hindsightAnswerSchema } from '#contract/hindsight.ts';
import { agreementNoteIdSchema } from '#contract/ids.ts';
import { previewRequestSchema, previewSliceSchema } from '#contract/preview.ts';
import { receiptsPreviewSchema } from '#contract/receipt.ts';
import type { Operation } from '../operation.ts';

const agreement = {
  group: 'Desk',
  params: { kind: agreementKindSchema },
  answers: { 200: { what: 'The agreement as it stands then.', schema: agreementSchema } },
} as const;
const marketers = ['marketer', 'admin'] as const;
const closed = [409, 'draft-closed', 'The draft was published or withdrawn meanwhile.'] as const;
const edited = [409, 'edited-since', 'The draft has a newer revision than the one named.'] as const;

export const agreementOperations: readonly Operation[] = [
  {
    ...agreement,
    method: 'get',
    path: '/v1/agreements/:kind',
    name: 'readAgreement',
    summary: 'What sales and marketing agreed on',
    about:
      'What is in force and was, the open draft with its history, what was said of it and who signed, and what the caller may do.',
    who: 'member',
  },
  {
    ...agreement,
    method: 'get',
    path: '/v1/agreements/:kind/evidence',
    name: 'readCriteriaEvidence',
    summary: 'Verdicts by the criteria that their leads met',
    about: 'As the score stood when each verdict was given.',
    who: 'member',
    query: evidenceQuerySchema,
    answers: {
      200: { what: 'Strong and weak with each criterion, by segment, and of all.', schema: criteriaEvidenceSchema },
    },
  },
  {
    ...agreement,
    method: 'get',
    path: '/v1/agreements/:kind/hindsight',
    name: 'readHindsight',
    summary: 'What the workspace’s own past says of the scorecards',
    about:
      'Deals that were won or lost, meetings and verdicts, each as its lead stood before: points that they speak for, or what is missing for that; and how what is in force, that suggestion and the open draft would have done on the later of them. A large past takes longer than a call waits: then `isCurrent` is false and the answer is the one from before, if there is one. Ask again after some seconds.',
    who: marketers,
    answers: { 200: { what: 'What was worked out last.', schema: hindsightAnswerSchema } },
  },
  {
    ...agreement,
    method: 'post',
    path: '/v1/agreements/:kind/draft',
    name: 'openDraft',
    summary: 'Begin a draft of what is in force',
    about: 'There is one draft at a time: where one is open, it is that one.',
    who: marketers,
  },
  {
    ...agreement,
    method: 'put',
    path: '/v1/agreements/:kind/draft',
    name: 'saveDraft',
    summary: 'Save the draft',
    about:
      'Named is the revision that was edited. What others saved since is kept where it is about other criteria; where it is about the same, nothing is saved, and the problem’s `clashes` tell both. Any change asks for both signatures again.',
    who: marketers,
    body: saveDraftSchema,
    refusals: [
      closed,
      [409, 'clash', 'Somebody else changed the same criterion meanwhile.'],
      [422, 'no-revision', 'The draft has no such revision.'],
    ],
  },
  {
    ...agreement,
    method: 'post',
    path: '/v1/agreements/:kind/draft/withdraw',
    name: 'withdrawDraft',
    summary: 'Close the draft without publishing it',
    who: marketers,
    body: withdrawDraftSchema,
    refusals: [closed],
  },
  {
    ...agreement,
    method: 'post',
    path: '/v1/agreements/:kind/preview',
    name: 'previewCard',
    summary: 'What a card would change',
    about:
      'Of every contact, by the card in force and by the one sent, which need not be saved. A call counts for some 1.5 s and answers how far it came; go on with `next` as `after` and the same `asOf`, and add the figures up. A newer preview of the same member ends one that runs.',
    who: marketers,
    body: previewRequestSchema,
    answers: { 200: { what: 'One slice of the workspace.', schema: previewSliceSchema } },
  },
  {
    ...agreement,
    method: 'get',
    path: '/v1/agreements/:kind/receipts',
    name: 'previewReceipts',
    summary: 'What publishing the draft would tell members',
    about: 'Whoever’s verdicts of the last 91 days spoke for what changed gets one receipt. Nobody is named.',
    who: marketers,
    answers: { 200: { what: 'To how many, and one of them.', schema: receiptsPreviewSchema } },
  },
  {
    ...agreement,
    method: 'post',
    path: '/v1/agreements/:kind/draft/sign',
    name: 'signDraft',
    summary: 'Sign the draft for one side',
    about:
      'For marketing a marketer or an admin, for sales whom an admin named, and where somebody disagreed the arbiter for either. Nobody signs for both.',
    who: 'member',
    body: signDraftSchema,
    refusals: [closed, edited, [403, 'no-signer', 'The caller cannot sign for that side now.']],
  },
  {
    ...agreement,
    method: 'post',
    path: '/v1/agreements/:kind/draft/unsign',
    name: 'unsignDraft',
    summary: 'Take one’s own signature back',
    who: 'member',
    body: signDraftSchema,
    refusals: [closed],
  },
  {
    ...agreement,
    method: 'post',
    path: '/v1/agreements/:kind/draft/seen',
    name: 'markDraftSeen',
    summary: 'Say that one has the draft before one',
    about:
      'Kept once for each state of the draft, of whoever is named to sign for sales: the others see then whom they wait for. Of nobody else anything is kept.',
    who: 'member',
    body: seenDraftSchema,
    refusals: [closed, edited],
  },
  {
    ...agreement,
    method: 'post',
    path: '/v1/agreements/:kind/draft/publish',
    name: 'publishDraft',
    summary: 'Put the signed draft into force',
    about: 'Of a scorecard: every score is made by it from then on, and every device hears of it.',
    who: marketers,
    body: publishDraftSchema,
    refusals: [
      closed,
      edited,
      [409, 'no-change', 'It says what is in force already.'],
      [409, 'unsound', 'It contradicts itself: `faults` says where.'],
      [409, 'unsigned', 'A side has not signed this revision.'],
    ],
    isKeyed: true,
  },
  {
    ...agreement,
    method: 'post',
    path: '/v1/agreements/:kind/revert',
    name: 'revertAgreement',
    summary: 'Put the version before into force again',
    about: 'Under the signatures that it had. An open draft goes on from there.',
    who: marketers,
    body: revertSchema,
    refusals: [
      [409, 'published-since', 'Another version is in force by now.'],
      [409, 'first-version', 'There is no version before it.'],
    ],
  },
  {
    ...agreement,
    method: 'post',
    path: '/v1/agreements/:kind/notes',
    name: 'addAgreementNote',
    summary: 'Comment, propose a change, or disagree',
    about: 'A proposal may be made while there is no draft; it waits for an answer.',
    who: 'member',
    body: newNoteSchema,
    refusals: [[409, 'no-draft', 'There is no draft to comment on or to disagree with.']],
    isKeyed: true,
  },
  {
    ...agreement,
    method: 'post',
    path: '/v1/agreements/:kind/notes/:id/answer',
    name: 'answerProposal',
    summary: 'Take a proposal into the draft, or decline it',
    who: marketers,
    params: { kind: agreementKindSchema, id: agreementNoteIdSchema },
    body: answerNoteSchema,
    refusals: [
      [404, 'not-found', 'There is no such proposal.'],
      [409, 'answered', 'It was answered before.'],
    ],
  },
  {
    ...agreement,
    method: 'put',
    path: '/v1/agreements/:kind/signers',
    name: 'nameSigners',
    summary: 'Name who signs for sales, and the arbiter',
    who: ['admin'],
    body: nameSignersSchema,
    refusals: [[422, 'no-member', 'Somebody who is named is not in the workspace.']],
  },
];
