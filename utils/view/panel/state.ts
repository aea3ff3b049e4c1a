import type { Card, CardAnswer, PanelStatus, PersonMatch } from '#contract/card.ts';

/**
 * What the panel's body shows.
 * `loading`: nothing to show yet (`progress` from 0 to 1 while the replica fills, else null) · `firstRun`: this browser has no store ·
 * `locked`: the lease ended offline, cards stay closed · `nobody` · `unreadable`: somebody is, and the page does not show whom ·
 * `colleagues`: nobody else is in view, so there is nobody to sell to · `unknown`: somebody the store does not know ·
 * `several`: one person, several matches · `newPerson`: the account is known, the person is not · `card` · `account`: a company record.
 */
export type PanelBody =
  | { kind: 'loading'; progress: number | null }
  | { kind: 'firstRun' }
  | { kind: 'locked' }
  | { kind: 'nobody' }
  | { kind: 'colleagues' }
  | { kind: 'unreadable' }
  | { kind: 'unknown'; person: PersonMatch }
  | { kind: 'several'; person: PersonMatch }
  | { kind: 'newPerson'; person: PersonMatch; card: Card }
  | { kind: 'card'; person: PersonMatch | null; card: Card }
  | { kind: 'account'; card: Card };

/** A strip under the bar; several can stand at once, worst first. `since` is an instant or null. */
export type Strip =
  | { kind: 'gone' }
  | { kind: 'doNotContact' }
  | { kind: 'signedOut' }
  | { kind: 'leaseEnded' }
  | { kind: 'noRoom' }
  | { kind: 'offline'; since: string | null }
  | { kind: 'unreachable'; since: string | null }
  | { kind: 'storeTooOld' }
  | { kind: 'extensionTooOld' }
  | { kind: 'problem'; message: string };

function bodyOfCard(card: Card, person: PersonMatch | null): PanelBody {
  if (card.contact !== null) return { kind: 'card', person, card };
  if (person !== null && person.clue?.kind !== 'crm' && person.contactId === null && card.sureness === 'domain')
    return { kind: 'newPerson', person, card };
  return { kind: 'account', card };
}

/** Decides what the body shows. Pure. `isWaiting`: an answer for other people is on its way. `isUnreadable`: the page does not show whom its address promises. */
export function decideBody(answer: CardAnswer | null, isWaiting: boolean, isUnreadable = false): PanelBody {
  if (answer === null) return { kind: 'loading', progress: null };
  const { card, status } = answer;
  if (status.connection === 'never') return { kind: 'firstRun' };
  if (status.connection === 'leaseEnded') return { kind: 'locked' };
  const person = answer.people.find((each) => each.index === answer.selected) ?? null;
  if (card !== null) return bodyOfCard(card, person);
  if (isWaiting) return { kind: 'loading', progress: null };
  if (status.replica !== 'ready') return { kind: 'loading', progress: status.progress };
  if (person === null && answer.people.some((each) => each.side === 'colleague')) return { kind: 'colleagues' };
  if (person === null) return { kind: isUnreadable ? 'unreadable' : 'nobody' };
  return person.sureness === 'several' ? { kind: 'several', person } : { kind: 'unknown', person };
}

function stripsOfStatus(status: PanelStatus): Strip[] {
  if (status.connection === 'never') return [];
  if (status.connection === 'signedOut') return [{ kind: 'signedOut' }];
  if (status.connection === 'leaseEnded') return [{ kind: 'leaseEnded' }];
  return [...(status.replica === 'noRoom' ? [{ kind: 'noRoom' } as const] : []), ...stripsOfStore(status)];
}

function stripsOfStore(status: PanelStatus): Strip[] {
  if (status.store === 'offline') return [{ kind: 'offline', since: status.storeSince }];
  if (status.store === 'unreachable') return [{ kind: 'unreachable', since: status.storeSince }];
  if (status.store !== 'reached') return [{ kind: status.store }];
  return [];
}

/** Decides which strips stand under the bar, in order. Pure. When the extension is gone nothing else matters. */
export function decideStrips(answer: CardAnswer | null, hasGone: boolean, problem: string | null): Strip[] {
  if (hasGone) return [{ kind: 'gone' }];
  const strips = answer === null ? [] : stripsOfStatus(answer.status);
  if (problem !== null) strips.push({ kind: 'problem', message: problem });
  if (answer !== null && mayNotContact(answer.card)) strips.unshift({ kind: 'doNotContact' });
  return strips;
}

/** Whether the person or the whole account asked not to be contacted. */
export function mayNotContact(card: Card | null): boolean {
  return card?.contact?.doNotContact === true || card?.account?.doNotContact === true;
}
