/** Calls back after the next frame was presented: a task that follows the frame's own callbacks runs once it is out. */
export function afterPaint(act: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      act();
    };
    port2.postMessage(null);
  });
}
