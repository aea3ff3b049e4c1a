import type { PanelPorts } from './ports.ts';

/**
 * Starts to time a card: somebody else is in view. What it answers is called when their card is there to be drawn; once a frame with it was presented, the
 * background is told how long that took. A card that another overtook is told as well: it was drawn.
 */
export function createTiming({ elapsed, afterPaint, send }: PanelPorts): () => () => void {
  return () => {
    const began = elapsed();
    return () => {
      const lookedUp = elapsed() - began;
      afterPaint(() => {
        // Nobody waits for a figure: where it does not arrive, there is one fewer.
        send('noteTiming', { lookedUp, painted: elapsed() - began }).catch(() => undefined);
      });
    };
  };
}
