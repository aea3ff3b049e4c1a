import { type LiveWaitAnswer, liveWaitAnswerSchema } from '#contract/feed.ts';
import { log } from '../platform/log.ts';
import type { Line } from './call.ts';
import {
  askFor,
  type Listening,
  type LiveEnd,
  type LivePatience,
  notStood,
  readRefusal,
  usualPatience,
} from './live-way.ts';

/** From one poke to the next question, in milliseconds: a lively workspace does not make this browser ask without a pause. */
const restMs = 250;

/**
 * Asks the store, which answers once something changed, and again, until that ends, whatever ends it. The first question is answered at once: what was missed before is
 * missed no more. Never rejects. Barred: the store knows no such question.
 */
export async function askLive(
  line: Line,
  listening: Listening,
  stop: AbortSignal,
  patience: LivePatience = usualPatience,
): Promise<LiveEnd> {
  const end: LiveEnd = { ...notStood };
  let at: LiveWaitAnswer['at'] = null;
  try {
    while (!stop.aborted) {
      const path = `/v1/live/wait${at === null ? '' : `?after=${at}`}`;
      const response = await askFor(line, path, 'application/json', AbortSignal.timeout(patience.answerMs), stop);
      if (!response.ok)
        return { ...(await readRefusal(response)), stood: end.stood, isBarred: response.status === 404 };
      const answer = liveWaitAnswerSchema.parse(await response.json());
      if (!end.stood) listening.onOpen();
      else if (answer.moved) listening.onPoke();
      end.stood = true;
      at = answer.at;
      if (answer.retryMs > 0) return { ...end, retryMs: answer.retryMs };
      if (answer.moved) await new Promise((done) => setTimeout(done, restMs));
    }
  } catch (error) {
    if (!stop.aborted) log.info('sync', 'asking for changes ended', { error });
  }
  return end;
}
