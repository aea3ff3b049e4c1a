import { writeSync } from 'node:fs';

/** Prints a line for the person at the terminal. Not for the log: what is printed here may hold an invite. */
export function printLine(line: string): void {
  writeSync(1, `${line}\n`);
}

/** Prints a line that tells what went wrong. */
export function printFault(line: string): void {
  writeSync(2, `${line}\n`);
}
