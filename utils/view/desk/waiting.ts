import { computed, type ReadonlySignal } from '@preact/signals';
import { waitingAsksSchema } from '#contract/ask.ts';
import type { Desk } from './desk.ts';

/** What waits for somebody's answer, by the page where it is given. */
export interface Waiting {
  counts: ReadonlySignal<Readonly<Record<string, number>>>;
  /** Asks for it, again after each change of page. */
  open(): void;
}

/** What the navigation counts: never a total, always what waits. An older store counts nothing. */
export function createWaiting(desk: Desk): Waiting {
  const asks = desk.open(waitingAsksSchema);
  return {
    counts: computed(() => ({ asks: asks.value.value?.asks ?? 0 })),
    open() {
      if (desk.isMarketer.value) asks.show({ method: 'GET', path: '/v1/desk/asks/waiting' });
    },
  };
}
