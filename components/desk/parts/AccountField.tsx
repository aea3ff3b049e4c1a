import { useId, useState } from 'preact/hooks';
import type { AccountId } from '#contract/ids.ts';
import { word } from '../../../utils/platform/words.ts';
import type { AccountNames } from '../../../utils/view/desk/account-names.ts';
import { Field } from './Field.tsx';

/** What stands in a field for an account: `id` of the account with that very name; null: none has it. */
export interface NamedAccount {
  id: AccountId | null;
  text: string;
  type(words: string): void;
}

/** The account that is named in a field, while it is being typed. */
export function useNamedAccount(names: AccountNames): NamedAccount {
  const [text, setText] = useState('');
  const id = (names.found.value.value ?? []).find(({ name }) => name === text)?.id ?? null;
  const type = (words: string) => {
    setText(words);
    names.find(words);
  };
  return { id, text, type };
}

interface AccountFieldProps {
  names: AccountNames;
  account: NamedAccount;
  name: string;
  hint: string;
}

/** A field in which an account is named, with those that are found while it is typed. */
export function AccountField({ names, account, name, hint }: AccountFieldProps) {
  const listId = useId();
  const found = names.found.value.value ?? [];
  const isWrong = account.text.trim() !== '' && account.id === null && found.length > 0;
  return (
    <>
      <Field name={name} hint={hint} fault={isWrong ? word('desk_insight_account_fault') : undefined}>
        {(control) => (
          <input
            {...control}
            class="input"
            list={listId}
            value={account.text}
            onInput={(event) => account.type(event.currentTarget.value)}
          />
        )}
      </Field>
      <datalist id={listId}>
        {found.map((each) => (
          <option key={each.id} value={each.name} />
        ))}
      </datalist>
    </>
  );
}
