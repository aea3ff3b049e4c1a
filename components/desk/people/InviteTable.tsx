import type { People } from '#contract/desk.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { writeDay, writeMoment } from '../../../utils/view/desk/figures.ts';
import type { PeoplePage } from '../../../utils/view/desk/people.ts';
import type { InviteSorting } from '../../../utils/view/desk/sort-invites.ts';
import { Glyph, type GlyphName } from '../parts/Glyph.tsx';
import { SortHead } from '../parts/SortHead.tsx';
import { type RowPlace, Windowed } from '../parts/Windowed.tsx';

type Invite = People['invites'][number];
const glyphs: Record<Invite['state'], GlyphName> = { open: 'mail', used: 'check', expired: 'clock', revoked: 'barred' };

/** Invites, newest first unless ordered otherwise, and what became of each. */
export function InviteTable({ model, invites }: { model: PeoplePage; invites: readonly Invite[] }) {
  const open = invites.filter((invite) => invite.state === 'open').length;
  const head = (sorting: InviteSorting, title: string) => (
    <SortHead
      title={title}
      direction={sorting === 'newest' ? 'descending' : 'ascending'}
      isHeld={model.inviteSorting.value === sorting}
      onSort={() => model.sortInvites(sorting)}
    />
  );
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_invites')}</h2>
        <span class="faint">{countWord('desk_invites_open', open)}</span>
      </div>
      {invites.length === 0 && <p class="soft">{word('desk_invites_none')}</p>}
      {invites.length > 0 && (
        <table aria-rowcount={invites.length + 1}>
          <caption class="unseen">{word('desk_invites')}</caption>
          <thead>
            <tr>
              {head('address', word('desk_invite_address'))}
              {head('role', word('desk_invite_role'))}
              {head('by', word('desk_invited_by'))}
              {head('newest', word('desk_invited_on'))}
              {head('state', word('desk_state'))}
              <th scope="col" class="figure">
                <span class="unseen">{word('desk_revoke')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <Windowed
              rows={invites}
              as="tr"
              tall={30}
              draw={(invite, place) => <InviteRow key={invite.id} model={model} invite={invite} place={place} />}
            />
          </tbody>
        </table>
      )}
    </section>
  );
}

interface InviteRowProps {
  model: PeoplePage;
  invite: Invite;
  place: RowPlace;
}

function InviteRow({ model, invite, place }: InviteRowProps) {
  return (
    <tr {...place} aria-rowindex={place['data-index'] + 2}>
      <th scope="row">{invite.address}</th>
      <td class="soft">{word(`options_role_${invite.role}`)}</td>
      <td class="soft">{invite.invitedBy || word('desk_invited_by_store')}</td>
      <td class="faint whole">{writeDay(invite.createdAt)}</td>
      <td class="whole">
        <span class="tag">
          <Glyph name={glyphs[invite.state]} isSmall />
          {word(`desk_invite_${invite.state}`)}
        </span>{' '}
        <span class="small-text faint">{describe(invite)}</span>
      </td>
      <td class="figure">
        {invite.state === 'open' && (
          <button
            type="button"
            class="go"
            aria-label={word('desk_invite_revoke_name', invite.address)}
            onClick={() => void model.revokeInvite(invite.id, invite.address)}
          >
            {word('desk_revoke')}
          </button>
        )}
      </td>
    </tr>
  );
}

function describe(invite: Invite): string {
  if (invite.state === 'open') return word('desk_invite_until', writeMoment(invite.expiresAt));
  return writeMoment(invite.usedAt ?? (invite.state === 'expired' ? invite.expiresAt : invite.createdAt));
}
