import { FileRefusal } from './fault.ts';
import type { ImportGround } from './import-ground.ts';

const lookEveryMs = 250;

/** Whether imports stand still until there is room on the disk. */
export function isFull({ disk }: Pick<ImportGround, 'disk'>): boolean {
  return disk?.state() === 'full';
}

/**
 * Does an import's work under a signal that is also given when the disk's reserve is reached: nothing fills a disk as an import does, and PostgreSQL must not meet
 * its last byte. The import then stops behind its batch, and goes on from there once somebody takes it up.
 */
export async function keepReserve<T>(ground: ImportGround, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const full = new AbortController();
  const look = () => {
    if (isFull(ground)) full.abort(new Error('The disk is full.'));
  };
  look();
  const looking = setInterval(look, lookEveryMs);
  try {
    return await work(ground.signal ? AbortSignal.any([ground.signal, full.signal]) : full.signal);
  } finally {
    clearInterval(looking);
  }
}

/** A file's bytes while there is room for what they come to. Throws a `FileRefusal` when there is none any more. */
export async function* whileRoom(bytes: AsyncIterable<Uint8Array>, ground: ImportGround): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    if (isFull(ground))
      throw new FileRefusal(
        'The store’s disk ran full while this file was read: what came before goes in. Make room and import the same file again to complete it: nothing goes in twice.',
      );
    yield piece;
  }
}
