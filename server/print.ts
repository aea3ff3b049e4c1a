import { writeSync } from 'node:fs';

/** Prints a line for the person at the terminal. Not for the log: what is printed here may hold an invite. */
export function printLine(line: string): void {
  writeSync(1, `${line}\n`);
}

/** Prints a line that tells what went wrong. */
export function printFault(line: string): void {
  writeSync(2, `${line}\n`);
}

/** A number of bytes as people read it: `3.4 MB`. */
export function describeBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}
