import { z } from 'zod';
import { bandQuerySchema, bandSchema } from '#contract/band.ts';
import {
  correctContactSchema,
  leadQualitySchema,
  rollUpQuerySchema,
  verdictContextSchema,
  verdictExportQuerySchema,
  verdictExportSchema,
  verdictListQuerySchema,
  verdictRowSchema,
} from '#contract/desk.ts';
import { contactIdSchema, verdictIdSchema } from '#contract/ids.ts';
import { saidCountsSchema, saidDaysQuerySchema, saidDaysSchema, saidQuerySchema } from '#contract/said.ts';
import type { Operation } from '../operation.ts';

const desk = { group: 'Desk', who: ['marketer', 'admin'] } as const;

/** Verdicts rolled up and one by one, and what is done about them. */
export const qualityOperations: readonly Operation[] = [
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/lead-quality',
    name: 'rollUpVerdicts',
    summary: 'Verdicts rolled up',
    about:
      'By the last campaign before each verdict or where that came from, by segment, tier and grade as they stood, by the criteria that were met, by reason, or by week. Of all, or of one segment, tier or source.',
    query: rollUpQuerySchema,
    answers: { 200: { what: 'Counts by row, week and grade.', schema: leadQualitySchema } },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/band',
    name: 'readBand',
    summary: 'Who is in a score band',
    about: 'By grade, as of now. Also says how far a scorecard that was just published has come.',
    query: bandQuerySchema,
    answers: { 200: { what: 'How many people each grade has, and a page of those asked for.', schema: bandSchema } },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/said',
    name: 'countSaid',
    summary: 'How much reps said since a moment',
    about: 'Verdicts one a person and member, insights that members wrote, and asks of marketing; nothing taken back.',
    query: saidQuerySchema,
    answers: { 200: { what: 'How many of each.', schema: saidCountsSchema } },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/said/days',
    name: 'countSaidByDay',
    summary: 'How much reps said, day by day',
    about: 'The same counts on each of the last days, as calendars in the zone show them.',
    query: saidDaysQuerySchema,
    answers: { 200: { what: 'A line a day, oldest first, today last.', schema: saidDaysSchema } },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/verdicts',
    name: 'listVerdicts',
    summary: 'The verdicts behind a count',
    query: verdictListQuerySchema,
    answers: {
      200: {
        what: 'At most 500 in the order asked for; the last one names where to go on.',
        schema: z.array(verdictRowSchema),
      },
    },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/verdicts/:id',
    name: 'readVerdict',
    summary: 'One verdict in its context',
    about: 'As it stood when it was given, and how the contact stands now. Who gave it is named here alone.',
    params: { id: verdictIdSchema },
    answers: { 200: { what: 'The verdict.', schema: verdictContextSchema } },
    refusals: [[404, 'not-found', 'There is no such verdict in the workspace.']],
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/verdicts/export',
    name: 'exportVerdicts',
    summary: 'Verdicts as CSV, page by page',
    about: 'Who gave them is not in it. A cell that a spreadsheet would run as a formula is made text.',
    query: verdictExportQuerySchema,
    answers: { 200: { what: 'At most 5,000 rows, and what to ask after.', schema: verdictExportSchema } },
  },
  {
    ...desk,
    method: 'put',
    path: '/v1/desk/verdicts/:id/settled',
    name: 'settleVerdict',
    summary: 'Say that a verdict against its score was looked into',
    about: 'It leaves the list of disagreements. A second time changes nothing.',
    params: { id: verdictIdSchema },
    answers: { 204: { what: 'Noted.' } },
    refusals: [[404, 'not-found', 'There is no such verdict in the workspace.']],
  },
  {
    ...desk,
    method: 'delete',
    path: '/v1/desk/verdicts/:id/settled',
    name: 'unsettleVerdict',
    summary: 'Take that back',
    params: { id: verdictIdSchema },
    answers: { 204: { what: 'It stands among the disagreements again.' } },
    refusals: [[404, 'not-found', 'There is no such verdict in the workspace.']],
  },
  {
    ...desk,
    method: 'patch',
    path: '/v1/desk/contacts/:id',
    name: 'correctContact',
    summary: 'Correct a person’s record',
    about:
      'What is missing stays. The next import of their source may bring the old value again: correct it there as well.',
    params: { id: contactIdSchema },
    body: correctContactSchema,
    answers: { 204: { what: 'Corrected.' } },
    refusals: [[404, 'not-found', 'There is no such person in the workspace.']],
  },
];
