import type { Card, PersonMatch } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { IconName } from '../ui/icon-paths.ts';
import { cleanText } from '../ui/inert-text.ts';

interface WhoProps {
  card: Card;
  /** The sighted person behind a choice that can be taken back; null when there is nothing to take back. */
  chosen: PersonMatch | null;
  onForget: (match: PersonMatch) => void;
}

const evidenceIcons: Record<Card['sureness'], IconName> = {
  exact: 'checked',
  chosen: 'person',
  domain: 'globe',
  several: 'unknown',
  none: 'unknown',
};

/** How sure the match is, and by what evidence; the evidence whole in its tip. */
export function MatchLine({ sureness, evidence }: { sureness: Card['sureness']; evidence: string }) {
  return (
    <p class="match">
      <Icon name={evidenceIcons[sureness]} />
      <b>{word(`panel_match_${sureness}`)}</b>
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

/** Who is in view: name, title, account, and how sure the match is. */
export function Who({ card, chosen, onForget }: WhoProps) {
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
      <MatchLine sureness={card.sureness} evidence={card.evidence} />
      {chosen && (
        <Button look="ghost" icon="undo" onPress={() => onForget(chosen)}>
          {word('panel_forget_choice')}
        </Button>
      )}
    </section>
  );
}
