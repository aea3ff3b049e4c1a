import { sql } from 'kysely';

/** In SQL: member `m`, who is still here, owns account `a`. Members' addresses are in small letters; an account's owner stands as a file wrote it. */
export const ownsAccount = sql<boolean>`m.workspace_id = a.workspace_id and m.left_at is null and m.address = lower(a.owner_address)`;
