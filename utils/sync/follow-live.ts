import { byeSchema } from '#contract/feed.ts';
import { log } from '../platform/log.ts';
import type { Line } from './call.ts';
import { readTextLines } from './lines.ts';
import {
  askFor,
  type Listening,
  type LiveEnd,
  type LivePatience,
  notStood,
  readRefusal,
  usualPatience,
} from './live-way.ts';
import { createSilence } from './silence.ts';

function readBye(data: string): number | null {
  try {
    return byeSchema.parse(JSON.parse(data)).retryMs;
  } catch {
    return null;
  }
}

/** The events of a stream as they come; `heard` is called for each line, comments among them. */
async function* readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  heard: () => void,
): AsyncGenerator<{ name: string; data: string }> {
  let event = { name: '', data: '' };
  for await (const line of readTextLines(body)) {
    heard();
    if (line.startsWith('event:')) event.name = line.slice(6).trim();
    if (line.startsWith('data:')) event.data = line.slice(5);
    if (line.trim() !== '') continue;
    yield event;
    event = { name: '', data: '' };
  }
}

/** Holds one stream of pokes open until it ends, whatever ends it. Never rejects. Barred: nothing was heard for too long. */
export async function followLive(
  line: Line,
  listening: Listening,
  stop: AbortSignal,
  patience: LivePatience = usualPatience,
): Promise<LiveEnd> {
  const end: LiveEnd = { ...notStood };
  const opening = createSilence(patience.openingMs);
  const silence = createSilence(patience.silenceMs);
  const heard = () => {
    opening.stop();
    silence.heard();
    if (!end.stood) listening.onOpen();
    end.stood = true;
  };
  try {
    const response = await askFor(line, '/v1/live', 'text/event-stream', opening.signal, silence.signal, stop);
    if (!response.ok) return await readRefusal(response);
    if (response.body === null || !response.headers.get('content-type')?.startsWith('text/event-stream')) return end;
    for await (const { name, data } of readEvents(response.body, heard)) {
      if (name === 'bye') end.retryMs = readBye(data);
      if (name === 'poke') listening.onPoke();
    }
  } catch (error) {
    if (!stop.aborted) log.info('sync', 'the live stream ended', { error });
  } finally {
    opening.stop();
    silence.stop();
  }
  return { ...end, isBarred: opening.signal.aborted || silence.signal.aborted };
}
