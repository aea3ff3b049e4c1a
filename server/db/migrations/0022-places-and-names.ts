import { type Kysely, sql } from 'kysely';

const changes = [
  // What the person and their account were called when a verdict was given: contact, title, account. Null: given before this was kept, or taken in by a node of the release before.
  `alter table verdict add column named jsonb`,
  // What a reach asks of an account, in the order of ids: that is a third of what its rows take, and joins what is kept of it without a hash. All of it is short: of what an
  // import brings 120 characters each at the most, and an address.
  `create index account_place on account (workspace_id, id) include (segment, tier, stage, territory, owner_address, do_not_contact)`,
  // At which accounts a grade's people are, in the same order. Equal entries are stored once, so both indexes together take what the one took that held the account beside each person.
  `drop index kept_score_band`,
  `create index kept_score_band on kept_score (workspace_id, grade, contact_id)`,
  `create index kept_score_place on kept_score (workspace_id, grade, account_id)`,
];

/** Keeps with a verdict what its person was called, and gives an audience's accounts, and the accounts of a grade's people, an index in one order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}
