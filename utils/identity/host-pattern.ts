/** Whether a host is one of a match pattern's (`https://app.kestrel.example/*`, or `https://*.kestrel.example/*` for it and every name under it). */
export function matchesHost(host: string, pattern: string): boolean {
  const wanted = pattern.replace(/^https:\/\//, '').replace(/\/\*$/, '');
  return wanted.startsWith('*.') ? host === wanted.slice(2) || host.endsWith(wanted.slice(1)) : host === wanted;
}
