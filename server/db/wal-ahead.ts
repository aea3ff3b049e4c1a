import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** While a segment is made every commit waits: then all others have their turn first. */
const pauseMs = 40;

/** What there is of PostgreSQL's write-ahead log, in bytes. `kept`: so much of it stays there to be used again. */
interface WalState {
  there: number;
  segment: number;
  kept: number;
}

/** How many segments are missing to so many bytes. More than PostgreSQL keeps would be made for nothing. */
export function countMissing({ there, segment, kept }: WalState, bytes: number): number {
  return Math.max(0, Math.ceil((Math.min(bytes, kept) - there) / segment));
}

/**
 * Makes segments of PostgreSQL's write-ahead log before they are needed. Each is filled with zeros and brought to the disk before its first use, and while a new
 * one is made every commit waits, up to some tens of milliseconds: beside an import, which fills one several times a second, that is most of what clicks
 * wait for. Those that are there are used again and again. `owner` must be a superuser, and the log on this machine's own PostgreSQL. Ends early, and makes no more, once `signal` is aborted.
 */
export async function makeWalAhead(owner: Kysely<Schema>, bytes: number, signal: AbortSignal): Promise<void> {
  const missing = countMissing(await readWal(owner), bytes);
  // One more, since the first may only come to a segment that is there already.
  for (let left = missing === 0 ? 0 : missing + 1; left > 0 && !signal.aborted; left -= 1) {
    if (countMissing(await readWal(owner), bytes) === 0) break;
    // A segment in which nothing stands is not left for the next one.
    await sql`select pg_logical_emit_message(false, 'baton', ''), pg_switch_wal()`.execute(owner);
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  // Until then they are the log of what was; from then on they are room for what comes.
  if (missing > 0 && !signal.aborted) await sql`checkpoint`.execute(owner);
}

async function readWal(owner: Kysely<Schema>): Promise<WalState> {
  const { rows } = await sql<WalState>`
    select (select coalesce(sum(size), 0)::float8 from pg_ls_waldir()) as there,
      pg_size_bytes(current_setting('wal_segment_size'))::float8 as segment,
      pg_size_bytes(current_setting('min_wal_size'))::float8 as kept`.execute(owner);
  const [state] = rows;
  if (!state) throw new Error('PostgreSQL told nothing of its log.');
  return state;
}
