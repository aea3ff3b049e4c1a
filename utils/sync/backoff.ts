const firstMs = 1000;
const mostMs = 5 * 60_000;

/** How long to wait after so many failures in a row (1 or more), in milliseconds: doubling up to 5 minutes, and a random half of it off, so that devices do not come back all at once. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const full = Math.min(mostMs, firstMs * 2 ** (failures - 1));
  return Math.round(full * (0.5 + random() / 2));
}
