import { type PanelSide, workspaceSettingsSchema } from '#contract/settings.ts';
import { word } from '../../platform/words.ts';
import { siteIds } from '../../settings/site-hosts.ts';
import type { Desk } from './desk.ts';
import { createPersons } from './persons.ts';

/** What an admin settles for everybody in the workspace. */
export function createSettings(desk: Desk) {
  const settings = desk.open(workspaceSettingsSchema);
  const path = '/v1/desk/settings';

  async function send(site: string, side: PanelSide | null, before: PanelSide | null): Promise<void> {
    const request = { method: 'PATCH', path, body: { panelSides: { [site]: side } } } as const;
    const reply = await desk.ask(request, workspaceSettingsSchema);
    const said = word(`desk_settled_${side ?? 'own'}`, word(`site_${site}`));
    if (reply.ok) desk.notify(said, () => void send(site, before, side));
    else desk.notify(reply.failure.message);
    await settings.reload();
  }

  return {
    settings,
    persons: createPersons(desk),
    open: () => settings.show({ method: 'GET', path }),
    sites: siteIds,
    /** Where the panel stands on a site for everybody; null leaves it to each member. Sent at once, with a way back. */
    async settle(site: string, side: PanelSide | null): Promise<void> {
      const before = settings.value.peek()?.panelSides[site] ?? null;
      if (before !== side) await send(site, side, before);
    },
  };
}

export type SettingsPage = ReturnType<typeof createSettings>;
