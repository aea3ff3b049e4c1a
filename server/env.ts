import { join, resolve } from 'node:path';
import { z } from 'zod';
import { mostPackedContacts } from '#contract/packed.ts';
import type { MetricsPlace } from './metrics-server.ts';
import { Refusal } from './refusal.ts';

const loopback = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** Stands for the first admin where nobody named one: an address of nobody's. */
export const unnamedAdmin = 'admin@company.example';

const environmentSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  PREPARE: z.enum(['on', 'off']).default('on'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('.baton/store'),
  WORKSPACE_NAME: z.string().trim().min(1).max(200).default('My company'),
  FIRST_ADMIN: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email('it takes an address of mail').max(320))
    .default(unnamedAdmin),
  METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  MOST_CONTACTS: z.coerce.number().int().min(0).default(mostPackedContacts),
  DRAIN_SECONDS: z.coerce.number().min(0).max(300).optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  DISK_RESERVE_MB: z.coerce.number().min(0).default(256),
  WAL_AHEAD_MB: z.coerce.number().min(0).default(1024),
  RATE_LIMIT: z.enum(['on', 'off']).default('on'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** How this store was told to run. `databaseUrl` null: on its own PostgreSQL in `dataDir` (an absolute path). */
export interface Env {
  databaseUrl: string | null;
  /** Statements are prepared once a connection. Off behind a pooler in transaction mode that does not know of prepared statements. */
  isPreparing: boolean;
  port: number;
  host: string;
  /** Null: `http://localhost:<the port that was taken>`. */
  publicUrl: URL | null;
  dataDir: string;
  workspaceName: string;
  firstAdmin: string;
  logLevel: string;
  /** Above so many people a device holds an index, and fetches an account when it is first in view. */
  mostContacts: number;
  /** How many proxies of one's own stand before the store: so many entries of `X-Forwarded-For` are believed. */
  proxies: number;
  /** How much of the data folder's disk is kept free, in bytes: below that nothing is taken in. 0: PostgreSQL may use the last byte. */
  diskReserveBytes: number;
  /** How much of PostgreSQL's write-ahead log is made before it is needed, in bytes, where the disk is large enough. */
  walAheadBytes: number;
  /** Whether who asks too often is held back. Off for measuring. */
  isLimiting: boolean;
  /** Where Prometheus reads this node's figures; null: nowhere. */
  metrics: MetricsPlace | null;
  /** How long this node goes on taking requests after it was told to stop, so that a load balancer finds out before it is gone. */
  drainMs: number;
}

/** Reads the environment. Throws a `Refusal` that names the variable at fault; an empty variable counts as not set. */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environmentSchema.safeParse(set, { error: describeIssue });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Refusal(`The environment variable ${issue?.path.join('.')} is wrong: ${issue?.message}.`);
  }
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    isPreparing: env.PREPARE === 'on',
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL === undefined ? null : readPublicUrl(env.PUBLIC_URL),
    dataDir: resolve(join(env.DATA_DIR)),
    workspaceName: env.WORKSPACE_NAME,
    firstAdmin: env.FIRST_ADMIN,
    mostContacts: env.MOST_CONTACTS,
    logLevel: env.LOG_LEVEL,
    proxies: env.TRUST_PROXY,
    diskReserveBytes: env.DISK_RESERVE_MB * 1024 * 1024,
    walAheadBytes: env.WAL_AHEAD_MB * 1024 * 1024,
    isLimiting: env.RATE_LIMIT === 'on',
    metrics: readMetrics(env),
    // A store on its own PostgreSQL is the only one: nobody is waiting to take over.
    drainMs: (env.DRAIN_SECONDS ?? (env.DATABASE_URL === undefined ? 0 : 3)) * 1000,
  };
}

/** What a value must be, for whoever set it. A rule with words of its own keeps them. */
function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_value') return `it takes ${issue.values.join(' or ')}`;
  if (issue.code === 'invalid_format' && issue.format === 'url')
    return 'it takes a whole address, as https://baton.company.example';
  if (issue.code === 'invalid_type')
    return issue.expected === 'int' ? 'it takes a whole number' : `it takes a ${issue.expected}`;
  if (issue.code === 'too_small')
    return issue.origin === 'string' ? 'it is too short' : `it takes ${issue.minimum} or more`;
  if (issue.code === 'too_big')
    return issue.origin === 'string' ? 'it is too long' : `it takes ${issue.maximum} at most`;
  return undefined;
}

/** True for a host that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return loopback.has(host);
}

function readMetrics(env: z.output<typeof environmentSchema>): MetricsPlace | null {
  if (env.METRICS_PORT === undefined) return null;
  const token = env.METRICS_TOKEN ?? null;
  if (token === null && !isLoopback(env.METRICS_HOST))
    throw new Refusal(
      `METRICS_HOST is ${env.METRICS_HOST}, where others than this machine may read the store's figures: set METRICS_TOKEN too, and give it to Prometheus as its bearer token.`,
    );
  return { host: env.METRICS_HOST, port: env.METRICS_PORT, token };
}

function readPublicUrl(text: string): URL {
  const url = new URL(text);
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Refusal(
      `PUBLIC_URL is ${text}, but people's clicks and secrets would cross the network unencrypted: it must begin with https://. Plain http:// is for this machine alone.`,
    );
  }
  return url;
}
