import type { AnyAgreement } from '#contract/agreement.ts';
import type { People } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Agreeing } from '../../../utils/view/desk/agreeing.ts';
import { Select } from '../parts/Select.tsx';
import { Sheet } from '../parts/Sheet.tsx';

/** Who may sign for sales, and who decides what stays disputed: named by an admin. */
export function Signers({
  model,
  agreement,
  people,
}: {
  model: Agreeing;
  agreement: AnyAgreement;
  people: People | null;
}) {
  const { sales, arbiter } = agreement.signers;
  const named = new Set(sales.map(({ id }) => id as string));
  const choose = (id: string) => {
    const next = named.has(id) ? [...named].filter((each) => each !== id) : [...named, id];
    void model.nameSigners(next, arbiter?.id ?? null);
  };
  return (
    <section class="stack">
      <h2>{word('desk_signers')}</h2>
      <p class="soft small-text">{word('desk_signers_text')}</p>
      <p>{sales.length === 0 ? word('desk_sign_nobody') : sales.map(({ name }) => name).join(', ')}</p>
      {agreement.may.nameSigners && people && (
        <span class="row folds">
          <Sheet label={word('desk_signers_choose')} name={word('desk_signers_choose')} look="press small">
            {() =>
              people.members.map(({ id, name }) => (
                <label key={id} class="option">
                  <input type="checkbox" checked={named.has(id)} onChange={() => choose(id)} />
                  {name}
                </label>
              ))
            }
          </Sheet>
          <Select
            name={word('desk_arbiter')}
            value={arbiter?.id ?? ''}
            options={[
              { value: '', text: word('desk_arbiter_none') },
              ...people.members.map(({ id, name }) => ({ value: id, text: word('desk_arbiter_is', name) })),
            ]}
            onChoose={(id) => void model.nameSigners([...named], id || null)}
          />
        </span>
      )}
    </section>
  );
}
