/** Lets only so many pieces of work run at the same moment; the rest wait in the order they came. */
export interface Gate {
  pass<T>(work: () => Promise<T>): Promise<T>;
}

/** Makes a gate for `width` at a time. */
export function createGate(width: number): Gate {
  let free = width;
  const waiting: (() => void)[] = [];
  return {
    async pass(work) {
      if (free > 0) free--;
      else await new Promise<void>((go) => waiting.push(go));
      try {
        return await work();
      } finally {
        // The place is handed on, so that nobody who comes just now slips in before those who wait.
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
  };
}
