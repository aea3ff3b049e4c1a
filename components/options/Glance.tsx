import type { ComponentChildren } from 'preact';
import type { PanelStatus } from '#contract/card.ts';
import type { PanelSide } from '#contract/settings.ts';
import { countWord, word } from '../../utils/platform/words.ts';
import { isUnread, waitsForMe } from '../../utils/view/panel/asks.ts';
import { Mark } from '../ui/Mark.tsx';
import { describeCopy, describeStore, describeUnsent } from './copy-words.ts';
import { InviteOffer, type InviteUnder } from './InviteOffer.tsx';
import { Notice } from './Notice.tsx';
import { PageRow, type PageUnder } from './PageRow.tsx';

/** This extension's version, and the newer one that waits; null when none does. */
export interface Versions {
  now: string;
  next: string | null;
}

interface GlanceProps {
  status: PanelStatus;
  /** Where the store is, as a host; null before this browser was connected. */
  store: string | null;
  /** The page under the popup; null when it is none of the web's. */
  page: PageUnder | null;
  invite: InviteUnder | null;
  version: Versions | null;
  onSwitch: () => void;
  onSide: (side: PanelSide) => void;
  onOpenSide: () => void;
  onReport: () => void;
  onJoin: () => void;
  onDesk: () => void;
  onOptions: () => void;
  onRestart: () => void;
}

function Standing({ status, store }: { status: PanelStatus; store: string | null }) {
  return (
    <dl class="facts">
      <dt>{word('options_you')}</dt>
      <dd>{word('popup_as', status.member ?? '', word(`options_role_${status.role}`))}</dd>
      <dt>{word('options_store')}</dt>
      <dd>{describeStore(status, store)}</dd>
      <dt>{word('options_copy')}</dt>
      <dd>{describeCopy(status)}</dd>
      {(status.handOvers?.length ?? 0) > 0 && (
        <>
          <dt>{word('hand_over_yours')}</dt>
          <dd>{countWord('hand_over_waiting', status.handOvers?.length ?? 0)}</dd>
        </>
      )}
      <dt>{word('options_unsent')}</dt>
      <dd>{describeUnsent(status)}</dd>
      <AskNews status={status} />
    </dl>
  );
}

/** What marketing answered and was not read yet, and what it asks; nothing where there is neither. */
function AskNews({ status }: { status: PanelStatus }) {
  const asks = status.asks ?? [];
  const answers = asks.filter(isUnread).length;
  const waiting = asks.filter(waitsForMe).length;
  if (answers + waiting === 0) return null;
  const told = [
    ...(answers > 0 ? [countWord('popup_answers', answers)] : []),
    ...(waiting > 0 ? [countWord('popup_asked', waiting)] : []),
  ];
  return (
    <>
      <dt>{word('popup_asks')}</dt>
      <dd>{told.join(', ')}</dd>
    </>
  );
}

function VersionLine({ version, onRestart }: { version: Versions; onRestart: () => void }) {
  return (
    <footer>
      {version.next === null ? (
        <small>{word('popup_version', version.now)}</small>
      ) : (
        <>
          <p>
            {word('popup_update', version.next)} <small>{word('popup_restart_hint')}</small>
          </p>
          <button type="button" onClick={onRestart}>
            {word('popup_restart')}
          </button>
        </>
      )}
    </footer>
  );
}

function Ways({ isMember, desk, isOffered, onDesk, onOptions }: WaysProps): ComponentChildren {
  return (
    <p class="actions">
      {desk !== null && (
        <button type="button" class={isOffered ? '' : 'main'} onClick={onDesk}>
          {word(desk)}
        </button>
      )}
      <button type="button" class={isMember || isOffered ? '' : 'main'} onClick={onOptions}>
        {word(isMember ? 'popup_options' : 'popup_connect')}
      </button>
    </p>
  );
}

/** A rep finds there what became of what they said. */
const deskWord = ({ role }: PanelStatus) => (role === 'rep' ? 'desk_nav_results' : 'options_open_desk');

type WaysProps = Pick<GlanceProps, 'onDesk' | 'onOptions'> & {
  isMember: boolean;
  /** What the Desk is called for this member; null: there is none. */
  desk: string | null;
  isOffered: boolean;
};

/** How this browser stands, at a glance: who and where, how fresh, what is unsent, this page; and the ways to the Desk and the options. */
export function Glance(props: GlanceProps) {
  const { status, store, page, invite, version, onJoin, onRestart } = props;
  const isMember = status.connection !== 'never';
  return (
    <main class="popup">
      <header>
        <Mark size={20} />
        <h1>{status.workspace ?? word('manifest_name')}</h1>
      </header>
      <Notice status={status} />
      {invite !== null && <InviteOffer {...invite} onJoin={onJoin} />}
      {isMember && page !== null && invite === null && <PageRow {...props} page={page} />}
      {isMember ? <Standing status={status} store={store} /> : <p class="hint">{word('popup_not_connected')}</p>}
      <Ways {...props} isMember={isMember} desk={isMember ? deskWord(status) : null} isOffered={invite !== null} />
      {version !== null && <VersionLine version={version} onRestart={onRestart} />}
    </main>
  );
}
