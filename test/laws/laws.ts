import { sql } from 'kysely';
import type { TestStore } from '../postgres/store.ts';
import { type Held, readWanted } from './held.ts';
import type { LivedDay } from './live-day.ts';

/** What does not hold after a day, a sentence each; empty when all does. */
export async function listBroken(store: TestStore, day: LivedDay): Promise<string[]> {
  const broken: string[] = [];
  for (const law of [findStale, findMisled, findRepeated, findDisorder]) broken.push(...(await law(store, day)));
  return broken;
}

/** Every device's copy is what one query of the store's tables answers for its member. */
async function findStale({ database }: TestStore, day: LivedDay): Promise<string[]> {
  const broken: string[] = [];
  for (const [index, device] of day.devices.entries()) {
    const wanted = await readWanted(database.owner, day.workspaceId, device.session.member.id);
    const held = await device.readHeld([...new Set([...wanted.map(({ id }) => id), ...day.everKnown])].sort());
    const [there, due] = [byId(held), byId(wanted)];
    for (const id of new Set([...there.keys(), ...due.keys()]))
      if (there.get(id) !== due.get(id))
        broken.push(`Device ${index} holds ${there.get(id) ?? 'nothing'}\ninstead of ${due.get(id) ?? 'nothing'}`);
  }
  return broken;
}

/** Every device holds its member's hand-overs as they stand, whoever answered first, and none of whoever was erased. */
async function findMisled({ database }: TestStore, { workspaceId, devices }: LivedDay): Promise<string[]> {
  const broken: string[] = [];
  for (const [index, device] of devices.entries()) {
    const { rows } = await sql<{ line: string }>`
      select h.id || ' ' || h.state || ' ' || coalesce(h.answer_id::text, '-') as line from hand_over h
      where h.workspace_id = ${workspaceId} and h.member_id = ${device.session.member.id} and h.state <> 'withdrawn'
        and exists (select 1 from contact c where c.workspace_id = h.workspace_id and c.id = h.contact_id)`.execute(
      database.owner,
    );
    const [held, wanted] = [await device.readHandOvers(), rows.map(({ line }) => line).sort()];
    if (held.join() !== wanted.join())
      broken.push(`Device ${index} holds the hand-overs ${held}\ninstead of ${wanted}`);
  }
  return broken;
}

function byId(all: readonly Held[]): Map<string, string> {
  return new Map(all.map((each) => [each.id, JSON.stringify(each)]));
}

/** Nothing is in the store twice, and nothing is missing: not a click, not a view that was counted, not a touch of a table. */
async function findRepeated({ database }: TestStore, { workspaceId, devices, touches }: LivedDay): Promise<string[]> {
  const broken: string[] = [];
  let views = 0;
  for (const [index, device] of devices.entries()) {
    const { rows } = await sql<{ sequence: number }>`
      select sequence from mutation where workspace_id = ${workspaceId} and device_id = ${device.session.device.id}
      order by sequence`.execute(database.owner);
    const [there, saved] = [rows, device.saved].map((list) => list.map(({ sequence }) => Number(sequence)).join());
    if (there !== saved) broken.push(`Device ${index} saved ${saved}, and the store has ${there}.`);
    views += device.saved.filter(({ kind }) => kind === 'countSeen').length;
  }
  const { rows: seen } = await sql<{ views: number }>`
    select coalesce(sum(views), 0)::int as views from talking_point_seen where workspace_id = ${workspaceId}`.execute(
    database.owner,
  );
  if (seen[0]?.views !== views) broken.push(`${views} views were counted as ${seen[0]?.views}.`);
  const { rows: kept } = await sql<{ externalId: string }>`
    select external_id from touch where workspace_id = ${workspaceId}`.execute(database.owner);
  const ids = kept.map(({ externalId }) => externalId).sort();
  if (ids.join() !== [...touches].sort().join()) broken.push(`Of the touches ${[...touches]} there are ${ids}.`);
  return broken;
}

/** A device's verdicts are in the store in the order in which they were given. */
async function findDisorder({ database }: TestStore, { workspaceId, devices }: LivedDay): Promise<string[]> {
  const broken: string[] = [];
  for (const [index, device] of devices.entries()) {
    const { rows } = await sql<{ id: string }>`
      select id from verdict where workspace_id = ${workspaceId} and device_id = ${device.session.device.id}
      order by at`.execute(database.owner);
    const there = rows.map(({ id }) => id);
    const given = device.saved.flatMap(({ kind, id }) => (kind === 'recordVerdict' && id !== null ? [id] : []));
    // Those about people who were erased are gone, or were refused.
    const expected = given.filter((id) => there.includes(id));
    if (there.join() !== expected.join()) broken.push(`Device ${index} gave ${expected}, and the store has ${there}.`);
  }
  return broken;
}
