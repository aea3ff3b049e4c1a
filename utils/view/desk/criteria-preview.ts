import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { CardBody } from '#contract/agreement.ts';
import { type PreviewFigures, type PreviewSlice, previewSliceSchema } from '#contract/preview.ts';
import { addFigures, noFigures } from '../../scoring/preview.ts';
import type { Ask } from './resource.ts';
import type { Reply } from './store.ts';

/** So long nothing more must be changed before it is asked for. */
const restMs = 400;

/** What a draft would change, as far as it has been counted. `total`: contacts there are; it is done when `isWhole`. */
export interface Shown {
  figures: PreviewFigures;
  version: number;
  asOf: string;
  total: number;
  isWhole: boolean;
}

/** The preview of a draft, counted slice by slice by the store. */
export interface CardPreview {
  /** The last one stands until the first slice of a newer one is there. */
  readonly shown: ReadonlySignal<Shown | null>;
  /** The draft has changed since. */
  readonly isStale: ReadonlySignal<boolean>;
  /** Why the count stands still. */
  readonly failure: ReadonlySignal<string | null>;
  /** Counts anew for another card, soon; the one before is given up. */
  show(body: CardBody): void;
  /** Gives up what is being counted. */
  rest(): void;
}

/** Asks for a preview whenever the card rests. `after` runs something later and answers how to call it off. */
export function createCardPreview(
  ask: Ask,
  after: (ms: number, work: () => void) => () => void = (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
): CardPreview {
  const shown = signal<Shown | null>(null);
  const isStale = signal(false);
  const failure = signal<string | null>(null);
  let turn = 0;
  let callOff: (() => void) | null = null;

  async function count(body: CardBody): Promise<void> {
    const own = turn;
    let figures = noFigures;
    let from: Pick<PreviewSlice, 'next' | 'asOf'> | null = null;
    let total = 0;
    do {
      const wish: object = { body, after: from?.next ?? null, asOf: from?.asOf ?? null };
      const reply: Reply<PreviewSlice> = await ask(
        { method: 'POST', path: '/v1/agreements/scorecard/preview', body: wish },
        previewSliceSchema,
      );
      if (own !== turn) return;
      if (!reply.ok) {
        failure.value = reply.failure.message;
        return;
      }
      const { version, asOf, next } = reply.value;
      from = { next, asOf };
      figures = addFigures(figures, reply.value);
      total = Math.max(reply.value.total ?? total, figures.counted);
      batch(() => {
        shown.value = { figures, version, asOf, total, isWhole: next === null };
        isStale.value = false;
        failure.value = null;
      });
    } while (from.next !== null);
  }

  function rest(): void {
    turn += 1;
    callOff?.();
    callOff = null;
  }

  return {
    shown,
    isStale,
    failure,
    show(body) {
      rest();
      isStale.value = true;
      callOff = after(restMs, () => void count(body));
    },
    rest,
  };
}
