import { z } from 'zod';
import { accountNameSchema } from '#contract/desk.ts';
import type { Desk } from './desk.ts';

const typingMs = 200;

/** Looks accounts up by name, for a field in which one is named. */
export function createAccountNames(desk: Desk) {
  const found = desk.open(z.array(accountNameSchema));
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    found,
    /** Once the typing pauses. */
    find(words: string): void {
      clearTimeout(timer);
      const path = `/v1/desk/account-names?search=${encodeURIComponent(words.trim())}`;
      timer = setTimeout(() => found.show(words.trim() === '' ? null : { method: 'GET', path }), typingMs);
    },
  };
}

export type AccountNames = ReturnType<typeof createAccountNames>;
