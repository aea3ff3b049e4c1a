import { useState } from 'preact/hooks';
import type { People } from '#contract/desk.ts';
import type { Session } from '#contract/session.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { writeAgo, writeDay } from '../../../utils/view/desk/figures.ts';
import type { PeoplePage } from '../../../utils/view/desk/people.ts';
import type { MemberSorting } from '../../../utils/view/desk/sort-members.ts';
import { Person } from '../parts/Person.tsx';
import { SortHead } from '../parts/SortHead.tsx';
import { type RowPlace, Windowed } from '../parts/Windowed.tsx';
import { EndMembership } from './EndMembership.tsx';
import { MemberTerritories } from './MemberTerritories.tsx';

type Member = People['members'][number];
type Device = Member['devices'][number];

interface MemberTableProps {
  model: PeoplePage;
  members: readonly Member[];
  territories: People['territories'];
  own: Session;
}

/** Members with their browsers, and with their territories where there are any. */
export function MemberTable({ model, members, territories, own }: MemberTableProps) {
  const [asked, setAsked] = useState<Device | null>(null);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const head = (sorting: MemberSorting, title: string) => (
    <SortHead
      title={title}
      direction={sorting === 'since' ? 'descending' : 'ascending'}
      isHeld={model.sorting.value === sorting}
      onSort={() => model.sort(sorting)}
    />
  );
  const hasTerritories = territories.length > 0 || members.some((member) => member.territories.length > 0);
  return (
    <section>
      <div class="heading">
        <h2>{countWord('desk_members', members.length)}</h2>
      </div>
      <table aria-rowcount={members.length + 1}>
        <caption class="unseen">{countWord('desk_members', members.length)}</caption>
        <thead>
          <tr>
            {head('name', word('desk_member'))}
            {head('role', word('desk_invite_role'))}
            {head('team', word('desk_invite_team'))}
            {hasTerritories && <th scope="col">{word('desk_territories')}</th>}
            {head('since', word('desk_member_since'))}
            <th scope="col">{word('desk_devices')}</th>
          </tr>
        </thead>
        <tbody>
          <Windowed
            rows={members}
            as="tr"
            tall={52}
            draw={(member, place) => (
              <MemberRow
                key={member.id}
                model={model}
                member={member}
                place={place}
                own={own}
                territories={hasTerritories ? territories : null}
                asked={asked}
                onAsk={setAsked}
                onLeave={() => setLeaving(member)}
              />
            )}
          />
        </tbody>
      </table>
      {leaving !== null && <EndMembership model={model} member={leaving} onEnd={() => setLeaving(null)} />}
    </section>
  );
}

interface MemberRowProps extends Pick<MemberTableProps, 'model' | 'own'> {
  member: Member;
  place: RowPlace;
  /** Those to choose from; null: the table has no such column. */
  territories: MemberTableProps['territories'] | null;
  asked: Device | null;
  onAsk: (device: Device | null) => void;
  onLeave: () => void;
}

function MemberRow({ model, member, place, own, territories, asked, onAsk, onLeave }: MemberRowProps) {
  return (
    <tr {...place} aria-rowindex={place['data-index'] + 2}>
      <th scope="row">
        <span class="row" style={{ padding: '6px 0' }}>
          <Person name={member.name} />
          <span style={{ minWidth: 0 }}>
            <b>{member.name}</b>
            {member.id === own.member.id && <span class="faint"> {word('desk_member_you')}</span>}
            <br />
            <span class="small-text soft">{member.address}</span>
            {member.id !== own.member.id && mayAnswerFor(own, member) && (
              <>
                <br />
                <button
                  type="button"
                  class="go small-text"
                  aria-label={word('desk_member_end_name', member.name)}
                  onClick={onLeave}
                >
                  {word('desk_member_end')}
                </button>
              </>
            )}
          </span>
        </span>
      </th>
      <td class="whole">{word(`options_role_${member.role}`)}</td>
      <td class="soft">{member.team}</td>
      {territories !== null && (
        <td>
          <MemberTerritories
            model={model}
            member={member}
            choices={territories}
            canEdit={own.member.role === 'admin'}
          />
        </td>
      )}
      <td class="faint whole">{writeDay(member.joinedAt)}</td>
      <td>
        <Devices
          model={model}
          member={member}
          ownDevice={own.device.id}
          mayRevoke={mayAnswerFor(own, member) || member.id === own.member.id}
          asked={asked}
          onAsk={onAsk}
        />
      </td>
    </tr>
  );
}

/** A marketer answers for reps; an admin for everybody. */
const mayAnswerFor = (own: Session, member: Member) => own.member.role === 'admin' || member.role === 'rep';

interface DevicesProps {
  model: PeoplePage;
  member: Member;
  ownDevice: string;
  mayRevoke: boolean;
  asked: Device | null;
  onAsk: (device: Device | null) => void;
}

function Devices({ model, member, ownDevice, mayRevoke, asked, onAsk }: DevicesProps) {
  const live = member.devices.filter((device) => !device.revoked);
  const gone = member.devices.length - live.length;
  return (
    <ul class="small-text">
      {live.map((device) => (
        <li key={device.id} style={{ padding: '3px 0' }}>
          {asked?.id === device.id ? (
            <Ask model={model} member={member} device={device} onAsk={onAsk} />
          ) : (
            <span class="row">
              <span>
                {device.name}{' '}
                <span class="faint">
                  {device.id === ownDevice
                    ? word('desk_device_this')
                    : device.lastSeenAt && word('desk_device_seen', writeAgo(device.lastSeenAt, Date.now()))}
                </span>
              </span>
              <span class="space" />
              {mayRevoke && device.id !== ownDevice && (
                <button
                  type="button"
                  class="go small-text"
                  aria-label={word('desk_device_revoke_name', device.name, member.name)}
                  onClick={() => onAsk(device)}
                >
                  {word('desk_revoke')}
                </button>
              )}
            </span>
          )}
        </li>
      ))}
      {live.length === 0 && <li class="faint">{word('desk_devices_none')}</li>}
      {gone > 0 && <li class="faint">{countWord('desk_devices_gone', gone)}</li>}
    </ul>
  );
}

/** There is no way back from a revocation, so it says first what it does. */
function Ask({ model, member, device, onAsk }: Pick<DevicesProps, 'model' | 'member' | 'onAsk'> & { device: Device }) {
  return (
    <fieldset class="box sunk stack" aria-label={word('desk_device_revoke_name', device.name, member.name)}>
      <p>{word('desk_device_revoke_text', device.name, member.name)}</p>
      <div class="row">
        <button
          type="button"
          class="press small"
          onClick={() => {
            onAsk(null);
            void model.revokeDevice(device.id, device.name);
          }}
        >
          {word('desk_device_revoke_do')}
        </button>
        <button type="button" class="go small-text" onClick={() => onAsk(null)}>
          {word('desk_device_keep')}
        </button>
      </div>
    </fieldset>
  );
}
