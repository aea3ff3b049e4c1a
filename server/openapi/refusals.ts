import { isHarmless } from '../disk.ts';
import type { Caller, Operation, Refusal } from './operation.ts';

/** Who may call, in a sentence. */
export function writeWho(who: Caller): string {
  if (who === 'anyone') return 'For anybody; no token is needed.';
  if (who === 'ticket') return 'For the holder of the ticket; no token is needed.';
  if (who === 'member') return 'For every signed-in member.';
  return `For the role${who.length === 1 ? '' : 's'} ${who.join(' and ')}.`;
}

const token: readonly Refusal[] = [
  [401, 'token-missing', 'No device token came with the call.'],
  [401, 'token-unknown', 'The store does not know the token.'],
  [401, 'token-revoked', 'The device’s access was taken back.'],
  [401, 'token-expired', 'The device was away for more than 30 days.'],
];
const always: readonly Refusal[] = [
  [414, 'url-too-long', 'The address of the request is longer than any of the store’s.'],
  [
    426,
    'contract-too-old',
    'The caller speaks no version of the contract that this store understands: it must be updated.',
  ],
  [429, 'too-many-requests', 'Too many calls in a short time.'],
  [500, 'failed', 'The store made a mistake; it is in its log.'],
  [
    501,
    'contract-too-new',
    'The caller understands no version of the contract that this store speaks: the store must be updated.',
  ],
  [503, 'database', 'The store cannot reach its database right now.'],
  [503, 'no-connections', 'The store’s database has no connection left right now.'],
];
const writing: readonly Refusal[] = [[503, 'disk-full', 'The store’s disk is full; it takes nothing in right now.']];
const body: readonly Refusal[] = [
  [400, 'no-json', 'The body is not JSON.'],
  [408, 'too-slow', 'The body did not come in within a minute.'],
  [413, 'too-large', 'The body is larger than this call takes.'],
  [422, 'invalid', 'The body has another form; `errors` says where.'],
];
const keyed: readonly Refusal[] = [
  [400, 'key-malformed', 'The `Idempotency-Key` is empty, too long, or no plain text.'],
  [409, 'in-progress', 'A call with this `Idempotency-Key` is being worked on.'],
  [422, 'key-reused', 'This `Idempotency-Key` was used for something else.'],
];

/** Everything a call may be refused with: what every call may, what its token, role, body, query and key may, and its own. By status. */
export function listRefusals(operation: Operation): Refusal[] {
  const { who, path, method } = operation;
  if (!path.startsWith('/v1/')) return [];
  const isSignedIn = who !== 'anyone' && who !== 'ticket';
  const roles: Refusal[] = Array.isArray(who) ? [[403, 'role', 'The caller’s role may not.']] : [];
  const query: Refusal[] = operation.query
    ? [[422, 'invalid', 'The query has another form; `errors` says where.']]
    : [];
  const params: Refusal[] = operation.params ? [[404, 'not-found', 'Nothing has this id.']] : [];
  const own = operation.refusals ?? [];
  const isOwn = ([status, code]: Refusal) => own.some((each) => each[0] === status && each[1] === code);
  const common = [
    ...(isSignedIn ? token : []),
    ...roles,
    ...(operation.body ? body : []),
    ...query,
    ...params,
    ...(operation.isKeyed ? keyed : []),
    ...always,
    ...(isHarmless(method.toUpperCase()) ? [] : writing),
  ];
  return [...own, ...common.filter((each) => !isOwn(each))].sort((a, b) => a[0] - b[0]);
}
