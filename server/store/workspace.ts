import { randomUUID } from 'node:crypto';
import type { WorkspaceId } from '#contract/ids.ts';
import { firstScorecard } from '../../utils/scoring/first-scorecard.ts';
import type { Scope } from '../db/scope.ts';
import { firstDefinitions } from './first-definitions.ts';
import { createHashKey } from './hash-key.ts';

/** Sets a workspace up: its name, its key for hashing identifiers, the feed's entry 0, the first scorecard and definitions. The scope must be its own. */
export async function createWorkspace(scope: Scope, workspaceId: WorkspaceId, name: string, now: Date): Promise<void> {
  const { keyId, secret } = createHashKey();
  await scope
    .insertInto('workspace')
    .values({ workspaceId, name, hashKeyId: keyId, hashKey: secret, hashKeySince: now })
    .execute();
  const token = randomUUID();
  await scope.insertInto('feedCounter').values({ workspaceId, seq: 0, token }).execute();
  await scope
    .insertInto('feedEntry')
    .values({ workspaceId, seq: 0, token, changes: JSON.stringify([]) })
    .execute();
  const card = firstScorecard(now.toISOString());
  await scope
    .insertInto('scorecard')
    .values({
      workspaceId,
      version: card.version,
      card: JSON.stringify(card),
      reason: 'The first scorecard, before anyone corrected it.',
      publishedAt: now,
    })
    .execute();
  await scope
    .insertInto('definition')
    .values(firstDefinitions.map((definition) => ({ workspaceId, ...definition })))
    .execute();
}

/** The workspace of the scope. Null when it was never set up. */
export async function readWorkspace(scope: Scope, workspaceId: WorkspaceId): Promise<{ name: string } | null> {
  const row = await scope
    .selectFrom('workspace')
    .select('name')
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
  return row ?? null;
}
