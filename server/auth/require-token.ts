import { createMiddleware } from 'hono/factory';
import type { Kysely } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Schema } from '../db/schema.ts';
import { askInWorkspace, inWorkspace } from '../db/scope.ts';
import type { Authenticated, Caller, Deps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { findDevice, type KnownDevice, noteDeviceSeen } from '../store/device.ts';
import { hashSecret, readClaimedWorkspace } from './secret.ts';

/** Being seen is noted once an hour at most, so that reading does not become writing. */
const noteEveryMs = 3_600_000;

/** Behind it a route knows its caller. Every request is checked against the database, so that a revoked device is refused at once. */
export function requireToken(deps: Deps) {
  return createMiddleware<Authenticated>(async (context, next) => {
    context.set('caller', await identifyCaller(deps, context.req.header('Authorization')));
    await next();
  });
}

/** What a request claims by its token, before anybody has looked whether that is so. */
export interface Claim {
  workspaceId: WorkspaceId;
  tokenHash: Buffer;
}

/** What this `Authorization: Bearer <device token>` claims. Throws a `ProblemError` 401 (`token-missing`, `token-unknown`) when it cannot be a token. */
export function readClaim(authorization: string | undefined): Claim {
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined)
    throw refuse('token-missing', 'This needs a device token: connect this browser with an invite link first.');
  const workspaceId = readClaimedWorkspace(token);
  if (workspaceId === null) throw refuse('token-unknown', unknownToken);
  return { workspaceId, tokenHash: hashSecret(token) };
}

/** Who holds this `Authorization: Bearer <device token>`. Throws a `ProblemError` 401 whose code says why: `token-missing`, `-unknown`, `-revoked`, `-expired`. */
export async function identifyCaller(deps: Deps, authorization: string | undefined): Promise<Caller> {
  const claim = readClaim(authorization);
  // The token names its own workspace: it is looked up inside that scope, and of any other sees nothing.
  return askInWorkspace(
    deps.db,
    claim.workspaceId,
    (scope) => findDevice(scope, claim.workspaceId, claim.tokenHash),
    (scope, device) => admitDevice(deps, scope, claim.workspaceId, device),
  );
}

/** The caller behind a device that was found by its token, noted as seen by way of `db`, which can be a scope. Throws a `ProblemError` 401 as `identifyCaller`. */
export async function admitDevice(
  deps: Deps,
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  device: KnownDevice | undefined,
): Promise<Caller> {
  const now = deps.now();
  refuseUnfit(device, now);
  if (!device.lastSeenAt || now.getTime() - device.lastSeenAt.getTime() > noteEveryMs)
    await inWorkspace(db, workspaceId, (scope) => noteDeviceSeen(scope, workspaceId, device.id, now));
  return { workspaceId, memberId: device.memberId, deviceId: device.id, role: device.role };
}

const unknownToken = 'This store does not know this browser. Connect it again with a new invite link.';

function refuseUnfit(device: KnownDevice | undefined, now: Date): asserts device is KnownDevice {
  if (!device) throw refuse('token-unknown', unknownToken);
  if (device.revokedAt || device.leftAt)
    throw refuse('token-revoked', 'This browser’s access was taken back. Ask an admin for a new invite link.');
  if (device.expiresAt <= now)
    throw refuse(
      'token-expired',
      'This browser was away for more than 30 days. Ask for a new invite link; what waits here is kept.',
    );
}

function refuse(code: string, detail: string): ProblemError {
  return new ProblemError(401, code, detail, { headers: { 'WWW-Authenticate': 'Bearer realm="Baton"' } });
}
