import { useEffect, useState } from 'preact/hooks';
import type { Offerable } from '#contract/desk-hand-over.ts';
import { longest } from '#contract/limits.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { HandOvers } from '../../../utils/view/desk/hand-overs.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { AccountField, useNamedAccount } from '../parts/AccountField.tsx';
import { Field } from '../parts/Field.tsx';
import { Select } from '../parts/Select.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';

/** Offers somebody by hand: from those who are qualified and were never offered, or anybody of an account. */
export function OfferForm({ desk, model }: { desk: Desk; model: HandOvers }) {
  const [chosenId, setChosenId] = useState<string | null>(null);
  const account = useNamedAccount(model.names);
  const people = model.offerable.value.value;
  const failure = model.offerable.failure.value;
  const chosen = people?.find(({ id }) => id === chosenId) ?? null;
  useEffect(() => desk.address.change({ account: account.id ?? '' }, false), [account.id]);
  const ofAccount = model.params.value['account'];
  return (
    <div class="stack">
      <AccountField
        names={model.names}
        account={account}
        name={word('desk_hand_over_account')}
        hint={word('desk_hand_over_account_hint')}
      />
      <h3>{word(ofAccount ? 'desk_hand_over_people' : 'desk_hand_over_unoffered')}</h3>
      {failure && <p class="fault">{failure.message}</p>}
      {!failure && !people && <Skeleton rows={5} waitsFor={word('desk_hand_over_unoffered')} />}
      {people?.length === 0 && <p class="soft">{word('desk_hand_over_nobody_left')}</p>}
      <ul class="offerable">
        {people?.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              aria-pressed={person.id === chosenId}
              disabled={!person.mayContact || person.state === 'offered'}
              onClick={() => setChosenId(person.id === chosenId ? null : person.id)}
            >
              <span class="grade">{person.grade ?? '–'}</span>
              <span class="cut">
                <b>{person.contact === null ? word('desk_nameless') : cleanText(person.contact)}</b>{' '}
                <span class="soft">{cleanText(person.account ?? person.title ?? '')}</span>
              </span>
              <span class="small-text faint whole">{standingOf(person)}</span>
            </button>
          </li>
        ))}
      </ul>
      {chosen && <Offer key={chosen.id} person={chosen} model={model} />}
    </div>
  );
}

/** Who would take them, or why they cannot be offered. */
function standingOf({ mayContact, state, member }: Offerable): string {
  if (!mayContact) return word('desk_hand_over_no_contact');
  if (state === 'offered' || state === 'accepted' || state === 'returned') return word(`desk_hand_over_state_${state}`);
  return member === null ? word('desk_hand_over_nobody') : cleanText(member);
}

function Offer({ person, model }: { person: Offerable; model: HandOvers }) {
  const members = model.people.value.value?.members ?? [];
  const [to, setTo] = useState(person.memberId ?? '');
  const [note, setNote] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const name = person.contact === null ? word('desk_nameless') : cleanText(person.contact);
  return (
    <form
      class="box stack"
      aria-label={word('desk_hand_over_offer_whom', name)}
      onSubmit={async (event) => {
        event.preventDefault();
        const body = { contactId: person.id, ...(to && { memberId: to as never }), note: note.trim() || null };
        setFault(await model.offer(body));
      }}
    >
      <Field name={word('desk_hand_over_to')}>
        {(control) => (
          <Select
            id={control.id}
            isField
            name={word('desk_hand_over_to')}
            value={to}
            options={[
              { value: '', text: word('desk_hand_over_to_owner') },
              ...members.map((member) => ({ value: member.id, text: cleanText(member.name) })),
            ]}
            onChoose={setTo}
          />
        )}
      </Field>
      <Field
        name={word('desk_hand_over_note')}
        used={note.trim().length}
        of={longest.handOverLine}
        fault={fault ?? undefined}
      >
        {(control) => (
          <textarea
            {...control}
            class="input"
            rows={2}
            maxLength={longest.handOverLine}
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        )}
      </Field>
      <span class="row">
        <button type="submit" class="press first small">
          {word('desk_hand_over_offer_whom', name)}
        </button>
      </span>
    </form>
  );
}
