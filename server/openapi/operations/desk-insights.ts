import { z } from 'zod';
import {
  accountNameQuerySchema,
  accountNameSchema,
  answerInsightSchema,
  enteredInsightSchema,
  fileInsightSchema,
  insightListSchema,
  insightQuerySchema,
  insightRowsSchema,
  newInsightSchema,
} from '#contract/desk.ts';
import { digestQuerySchema, digestSchema } from '#contract/digest.ts';
import { insightIdSchema } from '#contract/ids.ts';
import type { Operation } from '../operation.ts';

const desk = { group: 'Desk', who: ['marketer', 'admin'] } as const;

const noInsight = [404, 'not-found', 'There is no such insight in the workspace, or it was taken back.'] as const;
/** What customers said: found, entered, filed and answered. */
export const insightOperations: readonly Operation[] = [
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/insights',
    name: 'listInsights',
    summary: 'What customers said',
    query: insightQuerySchema,
    answers: {
      200: {
        what: 'At most 500, with counts for the filters; with `only=rows` the rows alone.',
        schema: z.union([insightListSchema, insightRowsSchema]),
      },
    },
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/insights',
    name: 'enterInsight',
    summary: 'Enter what marketing learnt',
    about: 'It stands on the account’s card as a rep’s does. The same id again changes nothing.',
    body: newInsightSchema,
    answers: { 201: { what: 'Its id.', schema: enteredInsightSchema } },
    refusals: [[422, 'unknown-account', 'There is no such account in the workspace.']],
    isKeyed: true,
  },
  {
    ...desk,
    method: 'patch',
    path: '/v1/desk/insights/:id',
    name: 'fileInsight',
    summary: 'File an insight',
    about: 'Under a theme, and among strengths, weaknesses, opportunities and threats. Seen by marketing alone.',
    params: { id: insightIdSchema },
    body: fileInsightSchema,
    answers: { 204: { what: 'Filed.' } },
    refusals: [noInsight],
  },
  {
    ...desk,
    method: 'put',
    path: '/v1/desk/insights/:id/answer',
    name: 'answerInsight',
    summary: 'Answer who wrote an insight',
    about: 'It shows in the panel where the insight does. An earlier answer is replaced.',
    params: { id: insightIdSchema },
    body: answerInsightSchema,
    answers: { 204: { what: 'Answered.' } },
    refusals: [noInsight],
  },
  {
    ...desk,
    method: 'delete',
    path: '/v1/desk/insights/:id/answer',
    name: 'takeAnswerBack',
    summary: 'Take an answer back',
    params: { id: insightIdSchema },
    answers: { 204: { what: 'No answer stands.' } },
    refusals: [noInsight],
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/digest',
    name: 'readDigest',
    summary: 'What was heard in a period',
    about:
      'Insights by kind and among strengths, weaknesses, opportunities and threats, themes, and how verdicts went. Members are not named.',
    query: digestQuerySchema,
    answers: { 200: { what: 'The digest, as the store holds it now.', schema: digestSchema } },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/account-names',
    name: 'findAccountNames',
    summary: 'Find accounts by name',
    query: accountNameQuerySchema,
    answers: { 200: { what: 'By name, 20 at most.', schema: z.array(accountNameSchema) } },
  },
];
