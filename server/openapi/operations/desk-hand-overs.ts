import { z } from 'zod';
import {
  assignHandOverSchema,
  handOverContextSchema,
  handOverFiguresQuerySchema,
  handOverFiguresSchema,
  handOverQuerySchema,
  handOverRowSchema,
  madeHandOverSchema,
  newHandOverSchema,
  offerableQuerySchema,
  offerableSchema,
} from '#contract/desk-hand-over.ts';
import { handOverIdSchema } from '#contract/ids.ts';
import type { Operation } from '../operation.ts';

const desk = { group: 'Desk', who: ['marketer', 'admin'] } as const;
const closed = [409, 'closed', 'It does not wait any more: it was answered or called back.'] as const;
const unknown = [404, 'not-found', 'There is no such hand-over in the workspace.'] as const;

/** Qualified leads offered to sales. */
export const handOverOperations: readonly Operation[] = [
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/hand-overs',
    name: 'listHandOvers',
    summary: 'Leads offered to sales',
    about: 'What waits however old it is; of the others those offered within so many days.',
    query: handOverQuerySchema,
    answers: {
      200: {
        what: 'At most 500 in the order asked for; the last one names where to go on.',
        schema: z.array(handOverRowSchema),
      },
    },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/hand-overs/figures',
    name: 'rollUpHandOvers',
    summary: 'Hand-overs in numbers',
    about:
      'By the last campaign before each or by segment, as they stood; and what waits now. Nobody is counted by who has them.',
    query: handOverFiguresQuerySchema,
    answers: { 200: { what: 'Counts by row, reasons, and how long answers took.', schema: handOverFiguresSchema } },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/hand-overs/offerable',
    name: 'listOfferable',
    summary: 'Who can be offered by hand',
    query: offerableQuerySchema,
    answers: { 200: { what: 'At most 200, the best first.', schema: z.array(offerableSchema) } },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/hand-overs/:id',
    name: 'readHandOver',
    summary: 'One hand-over with its history',
    about:
      'The score as it stood when it was offered, what happened since, and how the one before ended that came back.',
    params: { id: handOverIdSchema },
    answers: { 200: { what: 'The hand-over.', schema: handOverContextSchema } },
    refusals: [unknown],
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/hand-overs',
    name: 'offerByHand',
    summary: 'Offer somebody to sales',
    about: 'To the member who is named, else to whoever takes the account’s leads; without one it waits with nobody.',
    body: newHandOverSchema,
    answers: { 201: { what: 'The hand-over’s id.', schema: madeHandOverSchema } },
    refusals: [
      [404, 'not-found', 'There is no such person in the workspace.'],
      [409, 'offered-already', 'This person is being offered already.'],
      [422, 'no-contact', 'This person, or their company, is not to be contacted.'],
      [422, 'unknown-member', 'There is no such member in the workspace.'],
    ],
    isKeyed: true,
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/hand-overs/:id/assign',
    name: 'assignHandOver',
    summary: 'Give a hand-over to another member',
    about: 'Their time begins then. To whom has it already nothing changes.',
    params: { id: handOverIdSchema },
    body: assignHandOverSchema,
    answers: { 204: { what: 'Given.' } },
    refusals: [unknown, closed, [422, 'unknown-member', 'There is no such member in the workspace.']],
    isKeyed: true,
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/hand-overs/:id/withdraw',
    name: 'withdrawHandOver',
    summary: 'Call a hand-over back',
    about: 'It leaves the member’s panel. A second time changes nothing.',
    params: { id: handOverIdSchema },
    answers: { 204: { what: 'Called back.' } },
    refusals: [unknown, closed],
    isKeyed: true,
  },
];
