import { type Kysely, sql } from 'kysely';
import type { Schema } from '../../server/db/schema.ts';

/** Two fifths of all commits that write to the feed take up to 25 ms, as on a disk that is slow for a moment. */
export async function slowCommits(owner: Kysely<Schema>): Promise<void> {
  await sql`create function take_long() returns trigger language plpgsql as $$
    begin
      if random() < 0.4 then perform pg_sleep(random() * 0.025); end if;
      return null;
    end $$`.execute(owner);
  await sql`create constraint trigger slow_commit after insert on feed_entry deferrable initially deferred
    for each row execute function take_long()`.execute(owner);
}

/**
 * The mutant: in this database the feed's numbers come from a plain sequence, as most would write it first. The product's own statements go to a view in the
 * counter's place, which hands out numbers without making anybody wait; its head is the newest entry that can be seen.
 */
export async function numberByPlainSequence(owner: Kysely<Schema>): Promise<void> {
  const statements = [
    'create sequence plain_number',
    'alter table feed_counter rename to waiting_counter',
    `create view feed_counter as
       select c.workspace_id, coalesce(newest.seq, c.seq) as seq, coalesce(newest.token, c.token) as token
       from waiting_counter c
       left join lateral (
         select seq, token from feed_entry e where e.workspace_id = c.workspace_id order by seq desc limit 1
       ) newest on true`,
    `create function number_plainly() returns trigger language plpgsql security definer as $$
       begin
         if tg_op = 'INSERT' then
           insert into waiting_counter select new.*;
         else
           new.seq = nextval('plain_number');
         end if;
         return new;
       end $$`,
    `create trigger number_plainly instead of insert or update on feed_counter for each row execute function number_plainly()`,
    'grant select, insert, update on feed_counter to baton_app',
  ];
  for (const statement of statements) await sql.raw(statement).execute(owner);
}
