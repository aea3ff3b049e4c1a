import { word } from '../../../utils/platform/words.ts';
import type { Asks } from '../../../utils/view/desk/asks.ts';
import { AccountField, useNamedAccount } from '../parts/AccountField.tsx';
import { AskForm } from './AskForm.tsx';

/** Asks the reps of an account. */
export function AskSales({ model, onClose }: { model: Asks; onClose: () => void }) {
  const account = useNamedAccount(model.names);
  return (
    <AskForm
      isAboutGood={account.id !== null}
      onSend={(ask) => model.ask({ ...ask, accountId: account.id, verdictId: null })}
      onClose={onClose}
    >
      <AccountField
        names={model.names}
        account={account}
        name={word('desk_insight_account')}
        hint={word('desk_ask_account_hint')}
      />
    </AskForm>
  );
}
