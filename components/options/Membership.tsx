import type { PanelStatus } from '#contract/card.ts';
import type { Session } from '#contract/session.ts';
import { word } from '../../utils/platform/words.ts';
import { Complaint } from './Complaint.tsx';
import { describeCopy, describeStore, describeUnsent } from './copy-words.ts';

interface MembershipProps {
  storeUrl: string;
  session: Session;
  status: PanelStatus;
  complaint: string | null;
  isBusy: boolean;
  /** Signing out was refused because something is unsent: offer to lose it. */
  mayDiscard: boolean;
  onSync: () => void;
  onDesk: () => void;
  /** Keeps what is not sent as a file, so that leaving need not lose it. */
  onKeepUnsent: () => void;
  onSignOut: (discardUnsent: boolean) => void;
}

function SignOut({ isBusy, mayDiscard, onKeepUnsent, onSignOut }: MembershipProps) {
  return (
    <p class="actions">
      <button type="button" disabled={isBusy} onClick={() => onSignOut(false)}>
        {word('options_sign_out')}
      </button>
      {mayDiscard && (
        <>
          <button type="button" onClick={onKeepUnsent}>
            {word('options_unsent_save')}
          </button>
          <button type="button" class="danger" disabled={isBusy} onClick={() => onSignOut(true)}>
            {word('options_sign_out_discard')}
          </button>
        </>
      )}
    </p>
  );
}

/** Who this browser is, at which store, how fresh its copy is, and the ways from here. */
export function Membership(props: MembershipProps) {
  const { storeUrl, session, status, complaint, isBusy, onSync, onDesk } = props;
  const { member, workspace } = session;
  return (
    <>
      <dl class="facts">
        <dt>{word('options_you')}</dt>
        <dd>
          {member.name}, {member.address}
        </dd>
        <dt>{word('options_as')}</dt>
        <dd>{word(`options_role_${member.role}`)}</dd>
        <dt>{word('options_workspace')}</dt>
        <dd>{workspace.name}</dd>
        <dt>{word('options_store')}</dt>
        <dd>{describeStore(status, new URL(storeUrl).host)}</dd>
        <dt>{word('options_copy')}</dt>
        <dd>{describeCopy(status)}</dd>
        <dt>{word('options_unsent')}</dt>
        <dd>{describeUnsent(status)}</dd>
      </dl>
      <p class="actions">
        {member.role !== 'rep' && (
          <button type="button" class="main" onClick={onDesk}>
            {word('options_open_desk')}
          </button>
        )}
        <button type="button" disabled={isBusy} onClick={onSync}>
          {word('options_sync')}
        </button>
      </p>
      {member.role === 'rep' && (
        <p class="actions">
          <a href="/desk.html#/criteria" target="_blank" rel="noreferrer">
            {word('desk_rep_criteria')}
          </a>
        </p>
      )}
      <h2>{word('options_sign_out_heading')}</h2>
      <p class="hint">{word('options_sign_out_hint')}</p>
      <Complaint text={complaint} />
      <SignOut {...props} />
    </>
  );
}
