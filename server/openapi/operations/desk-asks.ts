import {
  answerAskSchema,
  askListSchema,
  askQuerySchema,
  enteredAskSchema,
  newAskSchema,
  waitingAsksSchema,
} from '#contract/ask.ts';
import { askIdSchema } from '#contract/ids.ts';
import { ownResultsSchema } from '#contract/own-results.ts';
import type { Operation } from '../operation.ts';

const desk = { group: 'Desk', who: ['marketer', 'admin'] } as const;

const noAsk = [404, 'not-found', 'There is no such ask in the workspace, or it was taken back.'] as const;
const forSales = [409, 'for-sales', 'It is asked of sales, who answer in their panel.'] as const;

/** What reps ask of marketing, and marketing of reps. */
export const askOperations: readonly Operation[] = [
  {
    group: 'Desk',
    who: 'member',
    method: 'get',
    path: '/v1/own-results',
    name: 'readOwnResults',
    summary: 'What became of what the caller said',
    about: 'Their own verdicts, insights and uses alone; of colleagues at the accounts they hold, only counts.',
    answers: { 200: { what: 'Of the last 91 days, newest first.', schema: ownResultsSchema } },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/asks',
    name: 'listAsks',
    summary: 'What is asked between sales and marketing',
    about: 'Who gave the verdict that an ask is about is named only once they have answered.',
    query: askQuerySchema,
    answers: {
      200: { what: 'Usually open ones oldest first, else newest first; at most 500.', schema: askListSchema },
    },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/asks/waiting',
    name: 'countWaitingAsks',
    summary: 'How many asks wait for marketing',
    answers: { 200: { what: 'How many, and since when the oldest does.', schema: waitingAsksSchema } },
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/asks',
    name: 'askSales',
    summary: 'Ask the reps of an account, or who gave a verdict',
    about:
      'It shows in their panel, and is answered once, by whoever of them comes first. The same id again asks nobody anew.',
    body: newAskSchema,
    answers: { 201: { what: 'How many were asked.', schema: enteredAskSchema } },
    refusals: [
      [422, 'unknown-account', 'There is no such account in the workspace.'],
      [422, 'unknown-verdict', 'There is no such verdict in the workspace.'],
      [422, 'nobody-to-ask', 'Nobody sells to the account, or who gave the verdict has left.'],
    ],
    isKeyed: true,
  },
  {
    ...desk,
    method: 'put',
    path: '/v1/desk/asks/:id/answer',
    name: 'answerAsk',
    summary: 'Answer who asked marketing',
    about: 'It shows in their panel, and on no colleague’s. An earlier answer is replaced.',
    params: { id: askIdSchema },
    body: answerAskSchema,
    answers: { 204: { what: 'Answered.' } },
    refusals: [noAsk, forSales],
  },
  {
    ...desk,
    method: 'delete',
    path: '/v1/desk/asks/:id/answer',
    name: 'takeAskAnswerBack',
    summary: 'Take the answer to an ask back',
    params: { id: askIdSchema },
    answers: { 204: { what: 'Taken back.' } },
    refusals: [noAsk, forSales],
  },
  {
    ...desk,
    method: 'put',
    path: '/v1/desk/asks/:id/closed',
    name: 'closeAsk',
    summary: 'Put an ask aside',
    about: 'Answered or not; who asked is told so.',
    params: { id: askIdSchema },
    answers: { 204: { what: 'Put aside.' } },
    refusals: [noAsk],
  },
  {
    ...desk,
    method: 'delete',
    path: '/v1/desk/asks/:id/closed',
    name: 'reopenAsk',
    summary: 'Bring an ask back that was put aside',
    params: { id: askIdSchema },
    answers: { 204: { what: 'It stands as before.' } },
    refusals: [noAsk],
  },
];
