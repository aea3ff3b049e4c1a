import type { Card, PersonMatch } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { daysAgo } from '../../utils/view/panel/dates.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { cleanText } from '../ui/inert-text.ts';
import { matchIcons } from './match-icons.ts';
import { dayInline } from './wording.ts';

interface WhoProps {
  card: Card;
  now: number;
  /** The sighted person behind a choice that can be taken back; null when there is nothing to take back. */
  chosen: PersonMatch | null;
  onForget: (match: PersonMatch) => void;
}

interface MatchLineProps {
  sureness: Card['sureness'];
  evidence: string;
  /** Said instead of how sure it is: who chose it. */
  said?: string | undefined;
}

/** How sure the match is, and by what evidence; the evidence whole in its tip. */
export function MatchLine({ sureness, evidence, said = word(`panel_match_${sureness}`) }: MatchLineProps) {
  return (
    <p class="match">
      <Icon name={matchIcons[sureness]} />
      <b>{said}</b>
      <span class="cut" title={cleanText(evidence)}>
        {cleanText(evidence)}
      </span>
    </p>
  );
}

/** A link to the account's section of the same card. Not a page link: the document here has no address. */
export function AccountLink({ name }: { name: string }) {
  const scroll = (event: Event) => {
    const section = (event.currentTarget as HTMLElement).ownerDocument.getElementById('account');
    section?.scrollIntoView({ block: 'start' });
    section?.focus({ preventScroll: true });
  };
  return (
    <button type="button" class="link" onClick={scroll}>
      {name}
    </button>
  );
}

/** Who chose a match, and when. Undefined: nobody did, or it was opened by hand. */
function chosenWord({ choice }: Card, now: number): string | undefined {
  if (choice === null) return undefined;
  const day = dayInline(choice.at, now);
  const when = daysAgo(Date.parse(choice.at), now) > 1 ? 'on' : 'lately';
  return choice.isOwn
    ? word(`panel_chosen_by_you_${when}`, day)
    : word(`panel_chosen_by_${when}`, cleanText(choice.by), day);
}

/** Who is in view: name, title, account, and how sure the match is. */
export function Who({ card, now, chosen, onForget }: WhoProps) {
  const account = card.account === null ? null : cleanText(card.account.name);
  const title = card.contact?.title ? cleanText(card.contact.title) : null;
  const name = card.contact === null ? account : cleanText(card.contact.name ?? card.evidence);
  return (
    <section class="who" aria-label={word('panel_who')}>
      <h1 class={card.contact !== null && card.contact.name === null ? 'cut' : undefined} title={name ?? undefined}>
        {name}
      </h1>
      {card.contact === null ? (
        <p>{word('panel_company')}</p>
      ) : (
        (title || account) && (
          <p>
            {title}
            {title && account && ', '}
            {account && <AccountLink name={account} />}
          </p>
        )
      )}
      <MatchLine sureness={card.sureness} evidence={card.evidence} said={chosenWord(card, now)} />
      {chosen && (
        <Button look="ghost" icon="undo" onPress={() => onForget(chosen)}>
          {word('panel_forget_choice')}
        </Button>
      )}
    </section>
  );
}
