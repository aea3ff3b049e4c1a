import type { AccountTables } from './schema/accounts.ts';
import type { AgreementTables } from './schema/agreements.ts';
import type { FeedTables } from './schema/feed.ts';
import type { ImportTables } from './schema/imports.ts';
import type { MemberTables } from './schema/members.ts';
import type { SaidTables } from './schema/said.ts';
import type { TalkingPointTables } from './schema/talking-points.ts';
import type { TouchTables } from './schema/touches.ts';

/** The tables as Kysely's CamelCase plugin shows them. `bigint` columns are read as numbers (all stay below 2^53), `timestamptz` as Date, `date` as `YYYY-MM-DD`. Migrations are the truth; this follows them. */
export interface Schema
  extends MemberTables,
    FeedTables,
    AccountTables,
    TouchTables,
    AgreementTables,
    SaidTables,
    TalkingPointTables,
    ImportTables {}
