/** Ends what goes silent: `signal` aborts when nothing was `heard` for too long. */
export interface Silence {
  signal: AbortSignal;
  heard: () => void;
  /** Stops listening. */
  stop: () => void;
}

/** Begins to listen. `patienceMs`: how long silence may last, in milliseconds. */
export function createSilence(patienceMs: number): Silence {
  const silence = new AbortController();
  const end = () => silence.abort();
  let timer = setTimeout(end, patienceMs);
  return {
    signal: silence.signal,
    heard: () => {
      clearTimeout(timer);
      timer = setTimeout(end, patienceMs);
    },
    stop: () => clearTimeout(timer),
  };
}
