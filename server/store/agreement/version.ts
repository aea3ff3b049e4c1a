import { sql } from 'kysely';
import { type AgreedBodies, type AgreementKind, type AnyBody, bodySchemas, type Side } from '#contract/agreement.ts';
import type { DraftId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import { readMemberNames } from '../member.ts';
import { readScorecard } from '../scorecard.ts';
import { readFirstWords } from './first-words.ts';

/** A signature as it is kept with what it was put under. */
export interface KeptSignature {
  side: Side;
  memberId: MemberId;
  at: string;
  isArbiter: boolean;
}

/** A version as it is kept. */
export interface KeptVersion<Body extends AnyBody = AnyBody> {
  version: number;
  body: Body;
  reason: string | null;
  publishedAt: Date;
  publishedBy: MemberId | null;
  draftId: DraftId | null;
  revertsTo: number | null;
  signatures: KeptSignature[];
}

/** So many versions are told, the newest. */
const mostTold = 50;

/** The versions, newest first, at most 50: the first one is in force. There is always one. */
export async function listVersions<Kind extends AgreementKind>(
  scope: Scope,
  workspaceId: WorkspaceId,
  kind: Kind,
): Promise<[KeptVersion<AgreedBodies[Kind]>, ...KeptVersion<AgreedBodies[Kind]>[]]> {
  type Found = Awaited<ReturnType<typeof listVersions<Kind>>>;
  const found = await select(scope, workspaceId, kind);
  if (found[0] !== undefined) return found as Found;
  await adoptFirst(scope, workspaceId, kind);
  return (await select(scope, workspaceId, kind)) as Found;
}

async function select(scope: Scope, workspaceId: WorkspaceId, kind: AgreementKind): Promise<KeptVersion[]> {
  const rows = await scope
    .selectFrom('agreementVersion')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', kind)
    .orderBy('version', 'desc')
    .limit(mostTold)
    .execute();
  return rows.map((row) => ({
    version: row.version,
    body: bodySchemas[kind].parse(row.body),
    reason: row.reason,
    publishedAt: row.publishedAt,
    publishedBy: row.publishedBy as MemberId | null,
    draftId: row.draftId as DraftId | null,
    revertsTo: row.revertsTo,
    signatures: row.signatures as KeptSignature[],
  }));
}

/** What a workspace came with becomes the first version that there is: nobody signed it. */
async function adoptFirst(scope: Scope, workspaceId: WorkspaceId, kind: AgreementKind): Promise<void> {
  if (kind !== 'scorecard') {
    const body = JSON.stringify(await readFirstWords(scope, workspaceId, kind));
    await sql`
      insert into agreement_version (workspace_id, kind, version, body, published_at)
      select ${workspaceId}, ${kind}, 1, ${body}::jsonb, min(published_at) from scorecard where workspace_id = ${workspaceId}
      on conflict do nothing`.execute(scope);
    return;
  }
  const { version, publishedAt, signedBy: _nobody, ...card } = await readScorecard(scope, workspaceId);
  const body = JSON.stringify(card);
  await sql`
    insert into agreement_version (workspace_id, kind, version, body, reason, published_at)
    select ${workspaceId}, ${kind}, version, ${body}::jsonb, reason, ${publishedAt}::timestamptz from scorecard
    where workspace_id = ${workspaceId} and version = ${version}
    on conflict do nothing`.execute(scope);
}

/** Puts a version into force. Of a scorecard: from now on scores are made by it. */
export async function addVersion(
  scope: Scope,
  workspaceId: WorkspaceId,
  kind: AgreementKind,
  added: KeptVersion,
): Promise<void> {
  const { version, body, reason, publishedAt, signatures } = added;
  await scope
    .insertInto('agreementVersion')
    .values({ workspaceId, kind, ...added, body: JSON.stringify(body), signatures: JSON.stringify(signatures) })
    .execute();
  if (kind !== 'scorecard') return;
  const names = await readMemberNames(scope, workspaceId);
  const signedBy = signatures.map(({ memberId }) => names.get(memberId) ?? '');
  const card = JSON.stringify({ version, ...body, publishedAt: publishedAt.toISOString(), signedBy });
  await scope.insertInto('scorecard').values({ workspaceId, version, card, reason, publishedAt }).execute();
}
