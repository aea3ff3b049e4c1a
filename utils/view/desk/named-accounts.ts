import { computed, effect, signal } from '@preact/signals';
import { z } from 'zod';
import { type Audience, type NamedAccount, namedAccountSchema } from '#contract/desk.ts';
import type { Desk } from './desk.ts';

const pauseMs = 200;

/** Accounts named one by one: what they are called, and finding more. */
export function createNamedAccounts(desk: Desk, readAudience: () => Audience) {
  const named = desk.open(z.array(namedAccountSchema));
  const found = desk.open(z.array(namedAccountSchema), { isDetail: true });
  /** Those chosen in this Desk: their names are known before the store is asked. */
  const chosen = signal<ReadonlyMap<string, string>>(new Map());
  const names = computed(
    () => new Map([...(named.value.value ?? []).map(({ id, name }) => [id as string, name] as const), ...chosen.value]),
  );
  const ids = computed(() => {
    const { accounts, without } = readAudience();
    return [...new Set<string>([...accounts, ...without.accounts])];
  });
  effect(() => {
    const unknown = ids.value.filter((id) => !names.peek().has(id));
    if (unknown.length > 0) named.show({ method: 'GET', path: `/v1/desk/accounts?ids=${ids.value.join(',')}` });
  });

  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    found,
    /** By id. */
    names,
    search(words: string) {
      clearTimeout(timer);
      const path = `/v1/desk/accounts?search=${encodeURIComponent(words.trim())}`;
      timer = setTimeout(() => found.show(words.trim() ? { method: 'GET', path } : null), pauseMs);
    },
    remember({ id, name }: NamedAccount) {
      chosen.value = new Map([...chosen.peek(), [id, name]]);
    },
  };
}
