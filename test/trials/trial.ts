/** What a kind of trial came to. `count` is how many trials were made; the others count clicks over all of them. */
export interface TrialResult {
  name: string;
  count: number;
  /** Told to the person as kept, and not in the store afterwards. */
  lost: number;
  /** In the store more than once. */
  doubled: number;
  /** In the store in another order than the person clicked. */
  disordered: number;
  /** Cards that a browser paints otherwise than the store would have it. Absent: this kind looks at no copy. */
  apart?: number;
}

/** Whether any click was harmed, or a copy differs from its store. */
export function isHarmed({ lost, doubled, disordered, apart = 0 }: TrialResult): boolean {
  return lost + doubled + disordered + apart > 0;
}

/** An entry of `npm run trials`. */
export interface Trial {
  /** What a person types to run this one alone. */
  name: string;
  /** What is broken, in one sentence. */
  about: string;
  /** How many trials when nobody says. */
  usualCount: number;
  /** Why it cannot be made on this machine; null when it can. Absent: it always can. Who names the trial gets this as an error; among all it is left out, and said. */
  findObstacle?(): string | null;
  /** Makes that many trials; `say` reports progress. Throws when a trial could not be made at all. */
  run(count: number, say: (line: string) => void): Promise<TrialResult>;
}
