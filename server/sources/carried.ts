import { ByIdentifier } from './by-identifier.ts';
import type { Draft } from './draft.ts';
import { wholeIdentity } from './event-identity.ts';
import type { AccountState, CampaignState, ContactState, Found, Identifier, IdentifierOwner } from './resolve-known.ts';

/**
 * What the batches of a dry run would have made and changed: each is taken back, and later ones must see it all the same.
 * Grows with the people, accounts and touches of the file.
 */
export class Carried {
  readonly #identifiers = new ByIdentifier<IdentifierOwner>();
  readonly #accounts = new Map<string, AccountState>();
  readonly #contacts = new Map<string, ContactState>();
  readonly #accountsByName = new Map<string, string | null>();
  readonly #campaigns = new Map<string, CampaignState>();
  readonly #touches = new Set<string>();

  /** Lays over what the store knows what it would know by now. */
  lay(known: Found, wanted: { identifiers: readonly Identifier[]; names: readonly string[] }): void {
    for (const { kind, value } of wanted.identifiers) {
      const owner = this.#identifiers.get(kind, value);
      if (owner !== undefined) known.identifiers.set(kind, value, owner);
    }
    for (const name of wanted.names) {
      const id = this.#accountsByName.get(name);
      if (id !== undefined) known.accountsByName.set(name, known.accountsByName.has(name) ? null : id);
    }
    this.#layOwners(known);
  }

  /** The same of campaigns. */
  layCampaigns(campaigns: CampaignState[]): void {
    for (const campaign of this.#campaigns.values()) {
      const at = campaigns.findIndex((each) => each.id === campaign.id);
      if (at < 0) campaigns.push(campaign);
      else campaigns[at] = campaign;
    }
  }

  #layOwners(known: Found): void {
    const accountIds = [...known.accountsByName.values()];
    for (const { accountId, contactId } of known.identifiers.values()) {
      accountIds.push(accountId);
      const contact = contactId === null ? undefined : this.#contacts.get(contactId);
      if (contact !== undefined) known.contacts.set(contact.id, contact);
    }
    for (const id of accountIds) {
      const account = id === null ? undefined : this.#accounts.get(id);
      if (account !== undefined) known.accounts.set(account.id, account);
    }
  }

  /** Of touches those that no earlier batch would have added. */
  isNew = (contactId: string, externalId: string): boolean => !this.#touches.has(wholeIdentity(contactId, externalId));

  /** Takes along what a batch would have left. */
  take(
    draft: Pick<
      Draft,
      | 'newIdentifiers'
      | 'sentIdentifiers'
      | 'newAccounts'
      | 'changedAccounts'
      | 'newContacts'
      | 'sentContacts'
      | 'changedContacts'
      | 'newCampaigns'
      | 'changedCampaigns'
      | 'sentTouches'
    >,
  ): void {
    for (const { kind, value, accountId, contactId } of [...draft.sentIdentifiers, ...draft.newIdentifiers])
      this.#identifiers.set(kind, value, { accountId, contactId });
    for (const account of [...draft.newAccounts.values(), ...draft.changedAccounts.values()])
      this.#accounts.set(account.id, account);
    for (const { id, name } of draft.newAccounts.values()) {
      const folded = name.toLowerCase();
      this.#accountsByName.set(folded, this.#accountsByName.has(folded) ? null : id);
    }
    for (const contact of [
      ...draft.sentContacts.values(),
      ...draft.newContacts.values(),
      ...draft.changedContacts.values(),
    ])
      this.#contacts.set(contact.id, contact);
    for (const campaign of [...draft.newCampaigns.values(), ...draft.changedCampaigns.values()])
      this.#campaigns.set(campaign.id, campaign);
    for (const { people, externalIds } of draft.sentTouches)
      for (const [place, externalId] of externalIds.entries())
        this.#touches.add(wholeIdentity(people[place]?.id ?? '', externalId));
  }
}
