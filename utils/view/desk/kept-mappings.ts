import { z } from 'zod';
import { type SavedMapping, savedMappingSchema } from '#contract/mapping.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';

/** Mappings kept by name: listed, renamed, deleted with a way back. */
export function createKeptMappings(desk: Desk) {
  const list = desk.open(z.array(savedMappingSchema));

  async function restore({ name, mapping }: SavedMapping): Promise<void> {
    const body = { name, mapping };
    const reply = await desk.ask({ method: 'PUT', path: '/v1/imports/mappings', body }, savedMappingSchema);
    if (!reply.ok) desk.notify(reply.failure.message);
    await list.reload();
  }

  return {
    list,
    open: () => list.show({ method: 'GET', path: '/v1/imports/mappings' }),
    /** Answers why it cannot have that name; null: it has it. */
    async rename(kept: SavedMapping, name: string): Promise<string | null> {
      if (name.trim() === kept.name) return null;
      const path = `/v1/imports/mappings/${kept.id}`;
      const reply = await desk.ask({ method: 'PATCH', path, body: { name } }, savedMappingSchema);
      if (!reply.ok) return name.trim() === '' ? word('desk_mapping_nameless') : reply.failure.message;
      await list.reload();
      return null;
    },
    async remove(kept: SavedMapping): Promise<void> {
      const reply = await desk.ask({ method: 'DELETE', path: `/v1/imports/mappings/${kept.id}` }, z.unknown());
      if (reply.ok) desk.notify(word('desk_mapping_deleted', kept.name), () => void restore(kept));
      else desk.notify(reply.failure.message);
      await list.reload();
    },
  };
}

export type KeptMappings = ReturnType<typeof createKeptMappings>;
