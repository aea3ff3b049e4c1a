import { useEffect, useRef } from 'preact/hooks';
import type { People } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import type { PeoplePage } from '../../../utils/view/desk/people.ts';

interface EndMembershipProps {
  model: PeoplePage;
  member: People['members'][number];
  onEnd: () => void;
}

/** There is no way back from the end of a membership, so it says first what it does. */
export function EndMembership({ model, member, onEnd }: EndMembershipProps) {
  const name = word('desk_member_end_name', member.name);
  const keep = useRef<HTMLButtonElement>(null);
  // It stands below the table, away from what was pressed.
  useEffect(() => keep.current?.focus(), [member.id]);
  return (
    <fieldset class="box sunk stack" style={{ marginTop: '12px', maxWidth: '620px' }} aria-label={name}>
      <p>{word('desk_member_end_text', member.name)}</p>
      <div class="row">
        <button
          type="button"
          class="press first"
          onClick={() => {
            onEnd();
            void model.endMembership(member.id, member.name);
          }}
        >
          {word('desk_member_end_do', member.name)}
        </button>
        <button type="button" class="press" ref={keep} onClick={onEnd}>
          {word('desk_member_keep')}
        </button>
      </div>
    </fieldset>
  );
}
