import type { Context, Next } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Authenticated } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import type { Buckets, Ruling } from './buckets.ts';
import { keyOfAuthorization, type RateLimits } from './rate-limits.ts';

/** A wrong invite costs as much as five calls: guessing is slowed, reading one's invite is not. */
const failureCost = 5;
/** These look at the token within their own transaction and answer nothing well to one that is not good. */
const checkingPath = /^\/v1\/(push|pull)$/;
const invitePath = /^\/v1\/invites\/(preview|accept)$/;

/**
 * Holds back who asks too often: a device by its token, everybody else by network address. A token counts as a device's once it was good;
 * until then its address pays for it when it turns out bad, so that colleagues behind one address are not held back by each other.
 * Throws a `ProblemError` 429 that says when to come back. Without `limits` nobody is held back.
 */
export function limitRate(limits: RateLimits | undefined) {
  return createMiddleware(async (context, next) => {
    if (!limits) return next();
    const authorization = context.req.header('Authorization');
    const key = authorization === undefined ? null : keyOfAuthorization(authorization);
    await (key !== null && limits.devices.has(key)
      ? letDevice(limits, context, next, key)
      : letStranger(limits, context, next, key));
  });
}

async function letDevice(limits: RateLimits, context: Context, next: Next, key: string): Promise<void> {
  const ruling = limits.devices.take(key);
  if (!ruling.isAllowed) throw refuse(limits.devices, 'device', ruling);
  await next();
  for (const [field, value] of Object.entries(listFields(limits.devices, 'device', ruling)))
    context.res.headers.set(field, value);
  if (context.res.status !== 401) return;
  limits.devices.forget(key);
  const address = limits.readAddress(context);
  if (address !== null) limits.strangers.charge(address, 1);
}

async function letStranger(limits: RateLimits, context: Context, next: Next, key: string | null): Promise<void> {
  const address = limits.readAddress(context);
  const ruling = address === null ? null : limits.strangers.look(address);
  if (ruling !== null && !ruling.isAllowed) throw refuse(limits.strangers, 'address', ruling);
  await next();
  if (key !== null && wasChecked(context)) limits.devices.charge(key, 1);
  else if (address !== null) limits.strangers.charge(address, costOf(context));
}

/** Only the token check makes a device of a token: an answer that needs none (a page, an unknown path) says nothing of it. */
function wasChecked(context: Context): boolean {
  return (
    (context as Context<{ Variables: Partial<Authenticated['Variables']> }>).get('caller') !== undefined ||
    (context.res.ok && checkingPath.test(context.req.path))
  );
}

function costOf(context: Context): number {
  const isWrong = context.res.status >= 400 && context.res.status !== 429;
  return isWrong && invitePath.test(context.req.path) ? failureCost : 1;
}

/** The header fields of the IETF's draft `RateLimit header fields for HTTP`: what is left, and in how many seconds all is there again. */
function listFields({ allowance }: Buckets, name: string, ruling: Ruling): Record<string, string> {
  const { burst, perSecond } = allowance;
  return {
    'RateLimit-Policy': `"${name}";q=${burst};w=${Math.ceil(burst / perSecond)}`,
    RateLimit: `"${name}";r=${ruling.left};t=${Math.ceil((burst - ruling.left) / perSecond)}`,
  };
}

function refuse(buckets: Buckets, name: 'device' | 'address', ruling: Ruling): ProblemError {
  const seconds = Math.max(1, Math.ceil(ruling.retryMs / 1000));
  const when = seconds === 1 ? 'a second' : `${seconds} seconds`;
  const detail =
    name === 'device'
      ? `This browser asks the store too often. Nothing was lost; it is tried again by itself in ${when}.`
      : `Too many calls without a valid sign-in came from your network. Try again in ${when}.`;
  const headers = { 'Retry-After': String(seconds), ...listFields(buckets, name, ruling) };
  return new ProblemError(429, 'too-many-requests', detail, { headers });
}
