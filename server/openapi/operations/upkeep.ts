import { hashKeyStateSchema } from '#contract/hash-key.ts';
import { retentionPreviewSchema, retentionQuerySchema, retentionSchema } from '#contract/retention.ts';
import type { Operation } from '../operation.ts';

const desk = { group: 'Desk' } as const;

const hashKey: readonly Operation[] = [
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/hash-key',
    name: 'readHashKeyState',
    summary: 'How the key for identifiers stands',
    about: 'Since when it is in use, who knew it and has left, and how far a rotation is. Holds no key.',
    who: ['admin'],
    answers: { 200: { what: 'How it stands.', schema: hashKeyStateSchema } },
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/hash-key/rotate',
    name: 'rotateHashKey',
    summary: 'Make a new key for identifiers',
    about:
      'The one before is kept until every device in use has a copy under the new one, 24 hours at most, and then destroyed; one that was still kept from an earlier rotation is destroyed now. Cannot be undone.',
    who: ['admin'],
    answers: { 200: { what: 'How it stands then.', schema: hashKeyStateSchema } },
    isKeyed: true,
  },
];

const retention: readonly Operation[] = [
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/retention',
    name: 'readRetention',
    summary: 'What has become of old touches',
    about: 'How long touches are kept one by one is settled with the other settings, as `keepTouchesMonths`.',
    who: ['admin'],
    answers: { 200: { what: 'From before when touches are counts, and how many are.', schema: retentionSchema } },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/retention/preview',
    name: 'previewRetention',
    summary: 'How many touches would become counts',
    about: 'Counts; changes nothing.',
    who: ['admin'],
    query: retentionQuerySchema,
    answers: { 200: { what: 'How many, and from before when.', schema: retentionPreviewSchema } },
  },
];

export const upkeepOperations: readonly Operation[] = [...hashKey, ...retention];
