/** A name that is in this form already, as nearly all are: it need not be parsed. Punycode is, and what could be a number of IPv4. */
const plainHost = /^(?!(?:.*\.)?xn--)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The ASCII form of a host name: lower case, punycode, no trailing dot. Null when it is not a name with at least two labels
 * (an IP address, `localhost`, anything with a port or a path).
 */
export function toAsciiHost(raw: string): string | null {
  const host = raw.normalize('NFC').replace(/\.$/u, '');
  if (host.length > 253 || !/^[^\s@/\\?#:%[\]<>()",;|^`{}]+$/u.test(host)) return null;
  if (plainHost.test(host)) return host;
  let ascii: string;
  try {
    // The URL parser is the one IDNA implementation that page, service worker and server share.
    ascii = new URL(`http://${host}/`).hostname.replace(/\.$/u, '');
  } catch {
    return null;
  }
  const labels = ascii.split('.');
  if (labels.length < 2 || labels.some((label) => !/^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label))) return null;
  // An all-digit last label is an IPv4 address or nothing at all.
  return /^\d+$/.test(labels.at(-1) ?? '') ? null : ascii;
}

/** A company's domain from a host name or a web address: `https://www.Acme.example/about` → `acme.example`. Null when there is no host in it. */
export function normalizeDomain(raw: string): string | null {
  const bare = raw
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#].*$/su, '')
    .replace(/:\d+$/u, '');
  const host = toAsciiHost(bare.replace(/^@/u, ''));
  if (host === null) return null;
  const short = host.replace(/^(www\.)+/, '');
  return short.includes('.') ? short : host;
}

/**
 * The domain and its parents, longest first, down to two labels: `a.b.acme.co.uk` → itself, `b.acme.co.uk`, `acme.co.uk`, `co.uk`.
 * The device knows no public suffix list: it probes them all, and the store never indexes a suffix or a freemail domain.
 */
export function domainSuffixes(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, from) => labels.slice(from).join('.'));
}
