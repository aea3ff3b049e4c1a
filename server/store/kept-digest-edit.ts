import { sql } from 'kysely';
import { type Digest, type DigestLine, digestSchema } from '#contract/digest.ts';
import type { ContactId, KeptDigestId, MemberId, WorkspaceId } from '#contract/ids.ts';
import { swotSchema } from '#contract/insight.ts';
import type { EditDigest } from '#contract/kept-digest.ts';
import type { Scope } from '../db/scope.ts';

/** Of a digest so many changes by hand are kept, the latest ones. */
const mostEdits = 200;

/** Quotes first, then the newest first: as a digest's lines stand. */
function byPlace(a: DigestLine, b: DigestLine): number {
  return Number(a.quote === null) - Number(b.quote === null) || b.at.localeCompare(a.at) || a.id.localeCompare(b.id);
}

/** The digest with a line moved among the four sides; the counts follow. Null: no such line is shown in it. Pure. */
export function moveLine(
  digest: Digest,
  { insightId, swot }: EditDigest,
): { digest: Digest; from: EditDigest['swot'] } | null {
  const stands = digest.swot.find(({ lines }) => lines.some(({ id }) => id === insightId));
  const line = [...digest.swot, ...digest.kinds].flatMap(({ lines }) => lines).find(({ id }) => id === insightId);
  if (line === undefined) return null;
  const moved = swotSchema.options.flatMap((side) => {
    const before = digest.swot.find((each) => each.swot === side) ?? { swot: side, count: 0, lines: [] };
    const others = before.lines.filter(({ id }) => id !== insightId);
    const count = before.count - (before.lines.length - others.length) + Number(side === swot);
    const lines = side === swot ? [...others, line].sort(byPlace) : others;
    return count > 0 ? [{ swot: side, count, lines }] : [];
  });
  return { digest: { ...digest, swot: moved }, from: stands?.swot ?? null };
}

/** Moves a line of a kept digest, and notes who did and when. `no-digest`, `no-line`: there is none such. What stands there already is no change. */
export async function editKeptDigest(
  scope: Scope,
  { workspaceId, memberId }: { workspaceId: WorkspaceId; memberId: MemberId },
  id: KeptDigestId,
  edit: EditDigest,
  now: Date,
): Promise<'edited' | 'no-digest' | 'no-line'> {
  const { rows } = await sql<{ content: unknown; edits: unknown[] }>`
    select content, edits from kept_digest where workspace_id = ${workspaceId} and id = ${id} for update`.execute(
    scope,
  );
  const [row] = rows;
  if (row === undefined) return 'no-digest';
  const moved = moveLine(digestSchema.parse(row.content), edit);
  if (moved === null) return 'no-line';
  if (moved.from === edit.swot) return 'edited';
  const note = { at: now.toISOString(), byId: memberId, insightId: edit.insightId, from: moved.from, to: edit.swot };
  const edits = [...row.edits, note].slice(-mostEdits);
  await sql`
    update kept_digest set content = ${JSON.stringify(moved.digest)}::jsonb, edits = ${JSON.stringify(edits)}::jsonb
    where workspace_id = ${workspaceId} and id = ${id}`.execute(scope);
  return 'edited';
}

/**
 * Takes a person out of kept digests: their own words go, and what was written reads as `rewrite` says from now on. `isAbout`: about the person alone. To be called while
 * the insights about them still say so.
 */
export async function rewriteKeptDigests(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  rewrite: (text: string, isAbout: boolean) => string,
): Promise<void> {
  const { rows: about } = await sql<{ id: string }>`
    select id from insight where workspace_id = ${workspaceId} and contact_id = ${contactId}`.execute(scope);
  const abouts = new Set(about.map(({ id }) => id));
  const { rows } = await sql<{ id: KeptDigestId; content: unknown }>`
    select id, content from kept_digest where workspace_id = ${workspaceId} order by id for update`.execute(scope);
  const rewriteLine = (line: DigestLine): DigestLine => {
    const isAbout = abouts.has(line.id);
    const quote = isAbout || line.quote === null ? null : rewrite(line.quote, false);
    return { ...line, text: rewrite(line.text, isAbout), quote };
  };
  for (const { id, content } of rows) {
    const digest = digestSchema.parse(content);
    const rewritten: Digest = {
      ...digest,
      kinds: digest.kinds.map((each) => ({ ...each, lines: each.lines.map(rewriteLine) })),
      swot: digest.swot.map((each) => ({ ...each, lines: each.lines.map(rewriteLine) })),
      themes: digest.themes.map((each) => ({ ...each, theme: rewrite(each.theme, false) })),
    };
    if (JSON.stringify(rewritten) === JSON.stringify(digest)) continue;
    await sql`
      update kept_digest set content = ${JSON.stringify(rewritten)}::jsonb where workspace_id = ${workspaceId} and id = ${id}`.execute(
      scope,
    );
  }
}
