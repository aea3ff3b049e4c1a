import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { type Allowance, type Buckets, createBuckets } from './buckets.ts';
import { type ReadAddress, readAddress } from './client-address.ts';

/** What this node remembers of who asked how often. */
export interface RateLimits {
  /** By device (its token's hash). Only those whose token was good before. */
  devices: Buckets;
  /** By network address: calls without a token, and with one that is not known to be good. */
  strangers: Buckets;
  /** Null: this very machine, which is not counted. */
  readAddress: (context: Context) => string | null;
}

/**
 * Far above what an extension does: it pulls at most some six times a second when a workspace is lively, and sends 200 mutations a request
 * (one by one, some hundreds in a row, when the store refuses a batch).
 */
export const deviceAllowance: Allowance = { burst: 600, perSecond: 20 };
/** A whole office may take its invites at once; who guesses gets twelve tries and then one in ten seconds (see `failureCost`). */
export const strangerAllowance: Allowance = { burst: 60, perSecond: 0.5 };

/** Makes the memory of one node. `proxies`: how many proxies of one's own stand before the store; as many of the addresses that they name are believed. */
export function createRateLimits(options: {
  nowMs: () => number;
  proxies: number;
  device?: Allowance;
  stranger?: Allowance;
  readSocket?: ReadAddress;
}): RateLimits {
  return {
    devices: createBuckets(options.device ?? deviceAllowance, options.nowMs),
    strangers: createBuckets(options.stranger ?? strangerAllowance, options.nowMs),
    readAddress: (context) => readAddress(context, options.proxies, options.readSocket),
  };
}

/** What stands for a token in memory: its hash, never itself. */
export function keyOfAuthorization(authorization: string): string {
  return createHash('sha256').update(authorization).digest('base64');
}
