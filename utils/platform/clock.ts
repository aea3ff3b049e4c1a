/** Tells the time in milliseconds since 1970, UTC. Handed in where a test must turn it. */
export type Clock = () => number;

/** The device's clock, which may be wrong: what it says is a claim. */
export const deviceClock: Clock = () => Date.now();

/** A moment in milliseconds as ISO 8601 in UTC, as the contract writes it. */
export function toInstant(at: number): string {
  return new Date(at).toISOString();
}

/** The calendar day of a moment where the device is, `YYYY-MM-DD`. */
export function toDay(at: number): string {
  const date = new Date(at);
  const two = (figure: number) => String(figure).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
