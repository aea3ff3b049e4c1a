import type { CallStore } from './store.ts';

/** An answer that leaves open whether the call was done, or will be: the same click again must be the same intent. */
function isOpen({ status, body }: { status: number; body: unknown }): boolean {
  if (status === 0 || status === 408 || status === 429 || status >= 500) return true;
  return status === 409 && (body as { type?: unknown } | null)?.type === 'urn:baton:problem:in-progress';
}

/**
 * Gives each thing a person wants done a key of its own, so that the store does it once: a second click while the first is on its way gets the first one's
 * answer, and a click again after an answer that was lost goes out under the same key. Once it is known what came of it, the same again is a new intent.
 */
export function keepIntents(callStore: CallStore, createKey: () => string): CallStore {
  const keys = new Map<string, string>();
  const running = new Map<string, ReturnType<CallStore>>();

  async function send(intent: string, request: Parameters<CallStore>[0]): ReturnType<CallStore> {
    const key = keys.get(intent) ?? createKey();
    keys.set(intent, key);
    const answer = await callStore({ ...request, key });
    if (!isOpen(answer)) keys.delete(intent);
    return answer;
  }

  return (request) => {
    if (request.method !== 'POST') return callStore(request);
    const intent = JSON.stringify([request.path, request.body ?? null]);
    const known = running.get(intent);
    if (known !== undefined) return known;
    const answer = send(intent, request).finally(() => running.delete(intent));
    running.set(intent, answer);
    return answer;
  };
}
