import { keptDigestIdSchema } from '#contract/ids.ts';
import {
  editDigestSchema,
  keepDigestSchema,
  keptDigestAnswerSchema,
  keptDigestListSchema,
  keptDigestSchema,
} from '#contract/kept-digest.ts';
import type { Operation } from '../operation.ts';

const desk = { group: 'Desk', who: ['marketer', 'admin'] } as const;
const noDigest = [404, 'not-found', 'No digest is kept by this id in the workspace.'] as const;

/** Digests that are kept as they stood. */
export const keptDigestOperations: readonly Operation[] = [
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/kept-digests',
    name: 'listKeptDigests',
    summary: 'Digests that are kept',
    about: 'Of each month that is over the store keeps one by itself.',
    answers: { 200: { what: 'The latest period first, at most 240.', schema: keptDigestListSchema } },
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/kept-digests',
    name: 'keepDigest',
    summary: 'Keep the digest of a period as it is now',
    about: 'The same id again changes nothing.',
    body: keepDigestSchema,
    answers: { 201: { what: 'Its id.', schema: keptDigestAnswerSchema } },
    refusals: [[422, 'too-many-kept', '200 are kept by hand already.']],
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/kept-digests/:id',
    name: 'readKeptDigest',
    summary: 'A digest as it stood',
    about: 'Without who was erased since. What was changed by hand is listed with who and when.',
    params: { id: keptDigestIdSchema },
    answers: { 200: { what: 'The digest.', schema: keptDigestSchema } },
    refusals: [noDigest],
  },
  {
    ...desk,
    method: 'patch',
    path: '/v1/desk/kept-digests/:id',
    name: 'editKeptDigest',
    summary: 'Move a line of a kept digest among strengths, weaknesses, opportunities and threats',
    about: 'In this digest alone: the insight stays filed as it is.',
    params: { id: keptDigestIdSchema },
    body: editDigestSchema,
    answers: { 204: { what: 'Moved, and noted.' } },
    refusals: [noDigest, [422, 'unknown-line', 'The digest shows no such insight.']],
  },
];
