import type { Bundle } from '#contract/bundle.ts';
import type { ReasonedCandidate } from '#contract/card.ts';
import type { AccountId } from '#contract/ids.ts';
import type { SightedPerson } from '#contract/sighting.ts';
import { companyWords, compareNames, isSameCompany, isTelling, personWords } from '../identity/similar-name.ts';
import { word } from '../platform/words.ts';
import { toCandidate } from './candidate.ts';
import type { Reading } from './reader.ts';

const mostSuggested = 5;
/** So many bundles with the same words are looked into; more say that the words tell nobody apart. */
const mostLookedInto = 40;

/** Bundles that may hold somebody of this name at a company of this name, found by whole words. */
async function findBundles(reading: Reading, name: string, company: string): Promise<Bundle[]> {
  const [first] = companyWords(company);
  if (first === undefined) return [];
  return reading.bundlesWithWords(first, personWords(name).filter(isTelling), mostLookedInto);
}

/**
 * Who in the replica a sighted person could be, by their name and their company's, or by their name alone within an account that is known already.
 * Only a suggestion: two people can have one name. The same names before similar ones, the better grade first, five at most.
 */
export async function suggestPeople(
  reading: Reading,
  person: Pick<SightedPerson, 'name' | 'company' | 'isCompany'>,
  accountId: AccountId | null,
): Promise<ReasonedCandidate[]> {
  const { name, company } = person;
  if (name === null || person.isCompany) return [];
  const known = accountId && (await reading.bundleById(accountId));
  if (!known && company === null) return [];
  const bundles = known ? [known] : await findBundles(reading, name, company ?? '');
  return bundles
    .filter(({ account }) => account !== null && (known || isSameCompany(account.name, company)))
    .flatMap((bundle) =>
      bundle.contacts.map((contact) => ({ bundle, contact, likeness: compareNames(contact.name, name) })),
    )
    .filter(({ likeness }) => likeness !== null)
    .sort(
      (a, b) =>
        Number(a.likeness !== 'same') - Number(b.likeness !== 'same') ||
        a.contact.score.grade.localeCompare(b.contact.score.grade) ||
        a.contact.id.localeCompare(b.contact.id),
    )
    .slice(0, mostSuggested)
    .map(({ bundle, contact, likeness }) => ({
      ...toCandidate(bundle, contact),
      reason: word(`panel_could_be_${likeness}`, bundle.account?.name ?? ''),
    }));
}
