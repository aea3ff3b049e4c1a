import { type RawBuilder, sql } from 'kysely';
import { type VerdictSide, verdictSides } from '#contract/desk.ts';
import type { WorkspaceId } from '#contract/ids.ts';

/** Each side to one value, an empty one for those without it; a missing one to all. */
export type ChosenSides = Readonly<Partial<Record<VerdictSide, string | undefined>>>;

/** Campaigns are few: they are looked up once, not verdict by verdict. `is true` keeps it so. */
const isOn: Record<VerdictSide, (value: string | null, workspaceId: WorkspaceId) => RawBuilder<unknown>> = {
  segment: (value) => sql`v.segment is not distinct from ${value}`,
  tier: (value) => sql`v.tier::text is not distinct from ${value}`,
  source: (value, workspaceId) => {
    const campaigns = sql`select p.id from campaign p where p.workspace_id = ${workspaceId} and`;
    return value === null
      ? sql`(v.last_campaign_id in (${campaigns} p.channel is not null)) is not true`
      : sql`(v.last_campaign_id in (${campaigns} p.channel = ${value})) is true`;
  },
};

/** Whether a standing verdict `v` is on all of the chosen sides, as it stood when it was given; null: no side is chosen. */
export function writeIsOn(workspaceId: WorkspaceId, sides: ChosenSides): RawBuilder<unknown> | null {
  const chosen = verdictSides.flatMap((side) =>
    sides[side] === undefined ? [] : [isOn[side](sides[side] || null, workspaceId)],
  );
  return chosen.length === 0 ? null : sql.join(chosen, sql` and `);
}
