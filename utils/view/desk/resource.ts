import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { z } from 'zod';
import type { Failure, Reply, StoreRequest } from './store.ts';

/** Something the store was asked for, as the page shows it: the last answer stays while a newer one is fetched or fails. */
export interface Resource<T> {
  readonly value: ReadonlySignal<T | null>;
  /** What the value answers: while a newer request is under way, still the older one. Null without a value. */
  readonly answers: ReadonlySignal<StoreRequest | null>;
  /** When the value was true, in milliseconds since 1970. */
  readonly asOf: ReadonlySignal<number | null>;
  readonly failure: ReadonlySignal<Failure | null>;
  readonly isLoading: ReadonlySignal<boolean>;
  /** Fetches this request unless it is shown already; null shows nothing. */
  show(request: StoreRequest | null): void;
  /** Fetches what is shown again. */
  reload(): Promise<void>;
  /** Its page was left: nothing is fetched until `show`, which then fetches anew while the old value stands. */
  rest(): void;
}

/** Asks the store; the Desk's own `ask`, which also learns from it whether the store is reached. */
export type Ask = <S extends z.ZodType>(request: StoreRequest, schema: S) => Promise<Reply<z.output<S>>>;

/** `isDetail`: another request clears the value at once, since it is about something else; otherwise the old rows stay until the new ones are there. */
export function createResource<S extends z.ZodType>(
  ask: Ask,
  schema: S,
  options: { isDetail?: boolean } = {},
): Resource<z.output<S>> {
  const value = signal<z.output<S> | null>(null);
  const answers = signal<StoreRequest | null>(null);
  const asOf = signal<number | null>(null);
  const failure = signal<Failure | null>(null);
  const isLoading = signal(false);
  let shown: StoreRequest | null = null;
  let turn = 0;

  async function reload(): Promise<void> {
    if (!shown) return;
    turn += 1;
    const own = turn;
    const request = shown;
    isLoading.value = true;
    const reply = await ask(request, schema);
    // A newer request is on its way: this answer is stale.
    if (own !== turn) return;
    batch(() => {
      isLoading.value = false;
      failure.value = reply.ok ? null : reply.failure;
      if (reply.ok) {
        value.value = reply.value;
        answers.value = request;
        asOf.value = Date.now();
      }
    });
  }

  function show(request: StoreRequest | null): void {
    if (JSON.stringify(request) === JSON.stringify(shown)) return;
    shown = request;
    turn += 1;
    batch(() => {
      failure.value = null;
      isLoading.value = false;
      if (options.isDetail || !request) {
        value.value = null;
        answers.value = null;
      }
    });
    void reload();
  }

  function rest(): void {
    shown = null;
    turn += 1;
    isLoading.value = false;
  }

  return { value, answers, asOf, failure, isLoading, show, reload, rest };
}
