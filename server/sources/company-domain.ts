import providers from 'email-providers/all.json' with { type: 'json' };
import { getDomain } from 'tldts';
import { normalizeDomain } from '../../utils/identity/domain.ts';
import { emailDomain } from '../../utils/identity/email.ts';

/** Whole list, not its short form: the short one lacks `googlemail.com` and national names such as `hotmail.co.uk`. No large company's own domain is on it. */
const freemail: ReadonlySet<string> = new Set(providers);

/** The part of a host name that one holder registered: `plant.lumenglass.example` → `lumenglass.example`. Hosting suffixes (`github.io`) count as suffixes. Null when there is none. */
export function toRegistrable(host: string): string | null {
  const domain = normalizeDomain(host);
  return domain === null ? null : getDomain(domain, { allowPrivateDomains: true });
}

/** Whether a mail provider gives addresses under this domain to anybody. */
export function isFreemail(domain: string): boolean {
  if (freemail.has(domain)) return true;
  const registrable = getDomain(domain, { allowPrivateDomains: true });
  return registrable !== null && freemail.has(registrable);
}

/** Answers already worked out, by host: a file names the same few companies again and again. And by address, of which each is asked for several times. Emptied when full. */
const byHost = new Map<string, string | null>();
const byAddress = new Map<string, string | null>();
const mostKnown = 20_000;

function keep(known: Map<string, string | null>, key: string, domain: string | null): string | null {
  if (known.size >= mostKnown) known.clear();
  known.set(key, domain);
  return domain;
}

/** The registrable domain of a normalised address's company; null for freemail, which belongs to no company. */
export function companyDomainOf(email: string): string | null {
  const before = byAddress.get(email);
  if (before !== undefined) return before;
  const host = emailDomain(email);
  const domain = byHost.get(host);
  return keep(
    byAddress,
    email,
    domain === undefined ? keep(byHost, host, isFreemail(host) ? null : toRegistrable(host)) : domain,
  );
}
