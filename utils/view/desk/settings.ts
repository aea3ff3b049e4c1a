import { type PanelSide, workspaceSettingsSchema } from '#contract/settings.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';
import { createSites, type SiteLine } from './sites.ts';

/** What an admin settles for everybody in the workspace. */
export function createSettings(desk: Desk) {
  const settings = desk.open(workspaceSettingsSchema);
  const path = '/v1/desk/settings';

  async function send(site: SiteLine, side: PanelSide | null, before: PanelSide | null): Promise<void> {
    const request = { method: 'PATCH', path, body: { panelSides: { [site.id]: side } } } as const;
    const reply = await desk.ask(request, workspaceSettingsSchema);
    if (reply.ok) desk.notify(word(`desk_settled_${side ?? 'own'}`, site.name), () => void send(site, before, side));
    else desk.notify(reply.failure.message);
    await settings.reload();
  }

  return {
    settings,
    sites: createSites(desk, settings),
    open: () => settings.show({ method: 'GET', path }),
    /** Where the panel stands on a site for everybody; null leaves it to each member. Sent at once, with a way back. */
    async settle(site: SiteLine, side: PanelSide | null): Promise<void> {
      const before = settings.value.peek()?.panelSides[site.id] ?? null;
      if (before !== side) await send(site, side, before);
    },
  };
}

export type SettingsPage = ReturnType<typeof createSettings>;
