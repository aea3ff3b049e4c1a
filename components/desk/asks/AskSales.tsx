import { useId, useState } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import type { Asks } from '../../../utils/view/desk/asks.ts';
import { Field } from '../parts/Field.tsx';
import { AskForm } from './AskForm.tsx';

/** Asks the reps of an account. */
export function AskSales({ model, onClose }: { model: Asks; onClose: () => void }) {
  const [account, setAccount] = useState('');
  const listId = useId();
  const names = model.names.value.value ?? [];
  const accountId = names.find((each) => each.name === account)?.id ?? null;
  const isWrong = account.trim() !== '' && accountId === null && names.length > 0;
  return (
    <div style={{ maxWidth: '720px', marginBottom: '16px' }}>
      <AskForm
        isAboutGood={accountId !== null}
        onSend={(ask) => model.ask({ ...ask, accountId, verdictId: null })}
        onClose={onClose}
      >
        <Field
          name={word('desk_insight_account')}
          hint={word('desk_ask_account_hint')}
          fault={isWrong ? word('desk_insight_account_fault') : undefined}
        >
          {(control) => (
            <input
              {...control}
              class="input"
              list={listId}
              value={account}
              onInput={(event) => {
                setAccount(event.currentTarget.value);
                model.findAccounts(event.currentTarget.value);
              }}
            />
          )}
        </Field>
        <datalist id={listId}>
          {names.map(({ id, name }) => (
            <option key={id} value={name} />
          ))}
        </datalist>
      </AskForm>
    </div>
  );
}
