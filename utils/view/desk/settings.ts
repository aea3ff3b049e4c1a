import { usualHandOverHours } from '#contract/hand-over.ts';
import { type PanelSide, type SettingsChange, usualLeaseHours, workspaceSettingsSchema } from '#contract/settings.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';
import { createHashKey } from './hash-key.ts';
import { createPersons } from './persons.ts';
import { createRetention } from './retention.ts';
import { createSites, type SiteLine } from './sites.ts';

/** A lease in words: in days where it is whole days. */
export function writeLease(hours: number): string {
  const [count, unit] = hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour'];
  return word(`desk_lease_${unit}${count === 1 ? '' : 's'}`, count);
}

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

  async function settleDomain(domain: string, isOwn: true | null): Promise<string | null> {
    const request = { method: 'PATCH', path, body: { ownDomains: { [domain]: isOwn } } } as const;
    const reply = await desk.ask(request, workspaceSettingsSchema);
    if (!reply.ok) return reply.failure.message;
    const said = word(isOwn ? 'desk_domain_added' : 'desk_domain_taken_off', domain);
    desk.notify(said, () => void settleDomain(domain, isOwn ? null : true));
    await settings.reload();
    return null;
  }

  /** Settles one thing for everybody: sent at once, with a way back. `read`: how it stands now, the usual where nothing is set. */
  async function settleOne<Value>(
    value: Value,
    read: () => Value,
    bodyOf: (value: Value) => SettingsChange,
    said: (value: Value) => string,
  ): Promise<void> {
    const before = read();
    if (value === before) return;
    const reply = await desk.ask({ method: 'PATCH', path, body: bodyOf(value) }, workspaceSettingsSchema);
    if (reply.ok) desk.notify(said(value), () => void settleOne(before, read, bodyOf, said));
    else desk.notify(reply.failure.message);
    await settings.reload();
  }

  const settleLease = (hours: number): Promise<void> =>
    settleOne(
      hours,
      () => settings.value.peek()?.leaseHours ?? usualLeaseHours,
      (each) => ({ leaseHours: each === usualLeaseHours ? null : each }),
      (each) => word('desk_lease_set', writeLease(each)),
    );

  const settleHandOverHours = (hours: number): Promise<void> =>
    settleOne(
      hours,
      () => settings.value.peek()?.handOverHours ?? usualHandOverHours,
      (each) => ({ handOverHours: each === usualHandOverHours ? null : each }),
      (each) => word('desk_hand_over_hours_set', writeLease(each)),
    );

  const settleZone = (zone: string | null): Promise<void> =>
    settleOne(
      zone,
      () => settings.value.peek()?.zone ?? null,
      (each) => ({ zone: each }),
      (each) => word('desk_zone_set', each ?? 'UTC'),
    );

  async function sendScope(isByTerritory: boolean): Promise<void> {
    const request = { method: 'PATCH', path, body: { scopeByTerritory: isByTerritory } } as const;
    const reply = await desk.ask(request, workspaceSettingsSchema);
    const done = word(isByTerritory ? 'desk_scope_settled_own' : 'desk_scope_settled_all');
    if (reply.ok) desk.notify(done, () => void sendScope(!isByTerritory));
    else desk.notify(reply.failure.message);
    await settings.reload();
  }

  return {
    settings,
    sites: createSites(desk, settings),
    persons: createPersons(desk),
    hashKey: createHashKey(desk),
    retention: createRetention(desk),
    open: () => settings.show({ method: 'GET', path }),
    /** Adds a domain to the company's own, or with null takes it off. Answers why that could not be; null when it is done. Sent at once, with a way back. */
    settleDomain,
    /** For how long every browser may read its copy without the store, in hours. Sent at once, with a way back. */
    settleLease,
    /** Within how many hours sales answers a hand-over that is offered from now on. Sent at once, with a way back. */
    settleHandOverHours,
    /** By whose calendars digests count days, weeks and months; null: UTC. Sent at once, with a way back. */
    settleZone,
    /** Whether reps hold the accounts of their territories alone. Sent at once, with a way back. */
    async settleScope(isByTerritory: boolean): Promise<void> {
      if ((settings.value.peek()?.scopeByTerritory ?? false) !== isByTerritory) await sendScope(isByTerritory);
    },
    /** Where the panel stands on a site for everybody; null leaves it to each member. Sent at once, with a way back. */
    async settle(site: SiteLine, side: PanelSide | null): Promise<void> {
      const before = settings.value.peek()?.panelSides[site.id] ?? null;
      if (before !== side) await send(site, side, before);
    },
  };
}

export type SettingsPage = ReturnType<typeof createSettings>;
