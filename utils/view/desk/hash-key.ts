import { type ReadonlySignal, signal } from '@preact/signals';
import { hashKeyStateSchema } from '#contract/hash-key.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';

/** The key by which devices know addresses: since when it is in use, and a new one in its place. For admins. */
export function createHashKey(desk: Desk) {
  const state = desk.open(hashKeyStateSchema);
  const isAsking = signal(false);
  const isBusy = signal(false);

  return {
    state,
    /** Whether rotating waits for a second word: it cannot be undone. */
    isAsking: isAsking as ReadonlySignal<boolean>,
    isBusy: isBusy as ReadonlySignal<boolean>,
    open: () => state.show({ method: 'GET', path: '/v1/desk/hash-key' }),
    ask(asks: boolean): void {
      isAsking.value = asks;
    },
    async rotate(): Promise<void> {
      isBusy.value = true;
      const reply = await desk.ask({ method: 'POST', path: '/v1/desk/hash-key/rotate' }, hashKeyStateSchema);
      isBusy.value = false;
      isAsking.value = false;
      desk.notify(reply.ok ? word('desk_key_rotated') : reply.failure.message);
      await state.reload();
    },
  };
}

export type HashKeySection = ReturnType<typeof createHashKey>;
