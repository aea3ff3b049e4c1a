import { type Line, readFailure, requestOf } from './call.ts';

/** How listening ended. `retryMs`: when to come back; null leaves it to the caller. */
export interface LiveEnd {
  signedOut: boolean;
  retryMs: number | null;
  /** Whether anything was ever heard. */
  stood: boolean;
  /** This way does not lead through to here: the other is to be tried. */
  isBarred: boolean;
}

/** Who is told. `onOpen`: something is heard from now on; what was missed before is to be asked for. */
export interface Listening {
  onPoke: () => void;
  onOpen: () => void;
}

/** How long each thing may take, in milliseconds. Tests have less. */
export interface LivePatience {
  /** The store says something as soon as a stream stands. Who does not hear it for so long sits behind something that holds streams back. */
  openingMs: number;
  /** The store sends a comment every 15 s; silence for so long means that the connection is dead, or held back, whatever the browser believes. */
  silenceMs: number;
  /** The store answers a question within 25 s. */
  answerMs: number;
}
export const usualPatience: LivePatience = { openingMs: 10_000, silenceMs: 40_000, answerMs: 40_000 };

/** Where nothing was heard yet. */
export const notStood: LiveEnd = { signedOut: false, retryMs: null, stood: false, isBarred: false };

/** Sends a request of the live line; rejects when one of `ends` aborts, also while the answer is read. */
export function askFor(line: Line, path: string, accept: string, ...ends: AbortSignal[]): Promise<Response> {
  const request = requestOf(line, 'GET', undefined, AbortSignal.any(ends));
  const headers = { ...(request.headers as Record<string, string>), accept };
  return (line.fetch ?? fetch)(`${line.storeUrl}${path}`, { ...request, headers });
}

/** What an answer that is not a success means for the line. */
export async function readRefusal(response: Response): Promise<LiveEnd> {
  const failure = await readFailure(response);
  const retryMs = failure.kind === 'unreachable' ? (failure.retryMs ?? null) : null;
  return { ...notStood, signedOut: failure.kind === 'signedOut', retryMs };
}
