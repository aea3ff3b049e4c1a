import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Schema } from '../../db/schema.ts';
import type { Metrics } from '../../metrics.ts';

/** What packing stands on. `thread` absent: in this one. `metrics` absent: nobody counts. */
export interface PackGround {
  db: Kysely<Schema>;
  url: string;
  thread?: { isPreparing: boolean };
  log: Logger;
  now: () => Date;
  metrics?: Metrics;
}
