/** The zone of this browser, as IANA names it. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** All time zones by name, those given first, each once. */
export function listZones(first: readonly string[]): string[] {
  return [...new Set([...first, ...Intl.supportedValuesOf('timeZone')])];
}
