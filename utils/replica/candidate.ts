import type { Bundle, BundleContact } from '#contract/bundle.ts';
import type { Candidate } from '#contract/card.ts';

/** A person of a bundle, or with null its account, as a row of the switcher or of a search. Pure. */
export function toCandidate(bundle: Bundle, contact: BundleContact | null): Candidate {
  return {
    contactId: contact?.id ?? null,
    accountId: bundle.account?.id ?? null,
    name: contact?.name ?? bundle.account?.name ?? '',
    account: bundle.account?.name ?? null,
    grade: contact?.score.grade ?? null,
  };
}
