import {
  liveWaitAnswerSchema,
  liveWaitQuerySchema,
  pullAnswerSchema,
  pullQuerySchema,
  snapshotLineSchema,
  snapshotQuerySchema,
} from '#contract/feed.ts';
import { pushAnswerSchema, pushRequestSchema } from '#contract/mutation.ts';
import {
  bundlesAnswerSchema,
  bundlesRequestSchema,
  ownPartSchema,
  packedQuerySchema,
  packingSchema,
} from '#contract/packed.ts';
import { pushBytes } from '../../limits/read-text.ts';
import type { Operation } from '../operation.ts';

const packedMedia = 'application/vnd.baton.packed';
const liveRefusals: Operation['refusals'] = [
  [503, 'draining', 'The store is going down or starting again.'],
  [503, 'live-full', 'More browsers listen than this store lets in; `Retry-After` says when to try again.'],
];

export const syncOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/push',
    name: 'pushMutations',
    summary: 'Send what the member did',
    about:
      'Mutations in the order of their sequences, at most 200. Sent again they change nothing: each sequence of a device takes effect once, so a push whose answer was lost is simply repeated. ' +
      'What the rules refuse is listed in `rejected`, and the rest goes on; a kind that the store does not know is rejected as `unknown`.',
    group: 'Sync',
    who: 'member',
    body: pushRequestSchema,
    mostBytes: pushBytes,
    answers: { 200: { what: 'Up to which sequence all is stored, and what was refused.', schema: pushAnswerSchema } },
    refusals: [
      [409, 'gap', 'Mutations before these are missing in the store; `lastSequence` says up to which it has them.'],
      [422, 'order', 'The sequences do not follow each other.'],
      [
        503,
        'settling',
        'The store was restored from a backup a short while ago; what this builds on may still come from another browser.',
      ],
    ],
  },
  {
    method: 'get',
    path: '/v1/pull',
    name: 'pullChanges',
    summary: 'Fetch what changed',
    about:
      'Everything that changed after the cursor, as it stands now, a bounded page at a time; `more` says to ask again at once. `refetch`: take a snapshot instead. Identifiers are hashed by the key that `keyId` names, while it is in use.',
    group: 'Sync',
    who: 'member',
    query: pullQuerySchema,
    answers: { 200: { what: 'The changes, or that a fresh snapshot is needed.', schema: pullAnswerSchema } },
  },
  {
    method: 'get',
    path: '/v1/snapshot',
    name: 'readSnapshot',
    summary: 'Fetch everything',
    about:
      'Everything this device holds, as it stands at one moment: JSON lines, first `head`, last `end`. Without `end` it was cut off and is not to be used. `head` names the key by which its identifiers are hashed.',
    group: 'Sync',
    who: 'member',
    query: snapshotQuerySchema,
    answers: { 200: { what: 'One JSON value a line.', schema: snapshotLineSchema, media: 'application/x-ndjson' } },
  },
  {
    method: 'get',
    path: '/v1/snapshot/packed',
    name: 'readPackedSnapshot',
    summary: 'Fetch everything, packed',
    about:
      'Everything that this member holds of the workspace, but for their own part, as one file of sections (`utils/contract/packed.ts` describes it): the same bytes for everybody who holds the same. ' +
      'It has a strong `ETag`, and takes `Range: bytes=<from>-` with `If-Range` (then it is answered by 206), and `If-None-Match` (304). ' +
      'While it is being packed the answer is 202 with `Retry-After`. What changed after its cursor comes by pull.',
    group: 'Sync',
    who: 'member',
    query: packedQuerySchema,
    answers: {
      200: { what: 'The file.', media: packedMedia },
      202: { what: 'How far it has come.', schema: packingSchema },
      206: { what: 'The file from there on.', media: packedMedia },
      304: { what: 'It is the one that the caller has.' },
    },
    refusals: [
      [409, 'key-gone', 'The workspace hashes with another key: ask for the session again.'],
      [416, 'range', 'The file is shorter than that.'],
      [503, 'draining', 'The store is going down or starting again.'],
    ],
  },
  {
    method: 'get',
    path: '/v1/snapshot/mine',
    name: 'readOwnPart',
    summary: 'Fetch one’s own part',
    about:
      'This member’s verdicts and outcomes, who was erased, and what the store has of this device, as it stands now.',
    group: 'Sync',
    who: 'member',
    answers: { 200: { what: 'The own part.', schema: ownPartSchema } },
  },
  {
    method: 'post',
    path: '/v1/bundles',
    name: 'readBundles',
    summary: 'Fetch some accounts',
    about:
      'At most 50 bundles by the ids that the store itself has told. What is not there, or not held by this member, is left out. Changes nothing.',
    group: 'Sync',
    who: 'member',
    body: bundlesRequestSchema,
    answers: { 200: { what: 'The bundles, in the order in which they were asked for.', schema: bundlesAnswerSchema } },
  },
  {
    method: 'get',
    path: '/v1/live',
    name: 'followLive',
    summary: 'Hear that something changed',
    about:
      'Server-sent events: `poke` has no data and means “pull now”; `bye` says in `retryMs` when to come back, and the stream ends. A comment each 15 seconds keeps the connection known to be alive. A device has one: a newer one ends the older.',
    group: 'Sync',
    who: 'member',
    answers: { 200: { what: 'A stream that stays open.', media: 'text/event-stream' } },
    refusals: liveRefusals,
  },
  {
    method: 'get',
    path: '/v1/live/wait',
    name: 'waitForChange',
    summary: 'Wait until something changed',
    about:
      'For browsers behind a proxy that holds streams back. Answers once the feed stands elsewhere than at `after`, at once without one, or after some 25 seconds. A device has one stream or one such question: a newer one ends the older.',
    group: 'Sync',
    who: 'member',
    query: liveWaitQuerySchema,
    answers: {
      200: { what: 'Whether to pull, where the feed stands, and when to ask again.', schema: liveWaitAnswerSchema },
    },
    refusals: liveRefusals,
  },
];
