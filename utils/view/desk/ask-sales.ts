import { enteredAskSchema, type NewAsk } from '#contract/ask.ts';
import { countWord } from '../../platform/words.ts';
import type { Desk } from './desk.ts';

/** Asks the reps of an account, or who gave a verdict; says how many were asked. Null once it is done, else why not. */
export async function askSales(desk: Desk, ask: Omit<NewAsk, 'id'>): Promise<string | null> {
  const body = { ...ask, id: crypto.randomUUID() };
  const reply = await desk.ask({ method: 'POST', path: '/v1/desk/asks', body }, enteredAskSchema);
  if (!reply.ok) return reply.failure.message;
  desk.notify(countWord('desk_ask_asked', reply.value.asked));
  return null;
}
