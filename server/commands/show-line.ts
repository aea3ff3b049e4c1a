/** One line that is written over again and again, on stderr, so that stdout may carry something else. */
export interface ProgressLine {
  /** Shows the text, ten times a second at most. */
  show(text: string): void;
  /** Leaves the line empty. */
  end(): void;
}

/** Where nobody looks (a file, a scheduler) nothing is shown. */
export function createProgressLine(): ProgressLine {
  if (!process.stderr.isTTY) return { show: () => undefined, end: () => undefined };
  let shownAt = 0;
  return {
    show(text) {
      const now = Date.now();
      if (now - shownAt < 100) return;
      shownAt = now;
      process.stderr.write(`\r\x1b[K${text}`);
    },
    end() {
      process.stderr.write('\r\x1b[K');
    },
  };
}
