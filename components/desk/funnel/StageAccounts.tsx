import type { FunnelAccount, FunnelAccounts, FunnelOrder } from '#contract/funnel.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writeDay } from '../../../utils/view/desk/figures.ts';
import { type FunnelModel, writeSince } from '../../../utils/view/desk/funnel.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Empty } from '../parts/Empty.tsx';
import { Failed } from '../parts/Failed.tsx';
import { MoveKeys } from '../parts/MoveKeys.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { SortHead } from '../parts/SortHead.tsx';
import { type RowPlace, Windowed } from '../parts/Windowed.tsx';

/** The accounts behind a count: who is in a stage now, or in it for longer than agreed. */
export function StageAccounts({ desk, model }: { desk: Desk; model: FunnelModel }) {
  const stage = model.listedStage.value;
  const accounts = model.accounts.value.value;
  const failure = model.accounts.failure.value;
  const isLate = model.only.value === 'late';
  if (stage === null)
    return (
      <aside class="column" aria-label={word('desk_funnel_accounts_pick')}>
        <Empty glyph="table" title={word('desk_funnel_accounts_pick')} text={word('desk_funnel_accounts_pick_text')} />
      </aside>
    );
  const title = word(isLate ? 'desk_funnel_accounts_late_in' : 'desk_funnel_accounts_in', cleanText(stage));
  return (
    <aside class="column" aria-label={title}>
      <div class="heading middle">
        <h2>{title}</h2>
        {accounts && <span class="faint">{writeCount(accounts.matching)}</span>}
        <span class="space" />
        {accounts && accounts.matching > 0 && <MoveKeys />}
        <fieldset class="segments no-print">
          <legend class="unseen">{word('desk_funnel_which')}</legend>
          {(['late', 'all'] as const).map((only) => (
            <button
              key={only}
              type="button"
              aria-pressed={model.only.value === only}
              onClick={() => desk.address.change({ only: only === 'late' ? '' : only, account: '' })}
            >
              {word(`desk_funnel_which_${only}`)}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          class="go no-print"
          aria-label={word('desk_close')}
          onClick={() => desk.address.change({ in: '', only: '', order: '', account: '' })}
        >
          ×
        </button>
      </div>
      {failure && !accounts && <Failed failure={failure} onRetry={() => desk.refresh()} />}
      {!failure && !accounts && <Skeleton rows={8} waitsFor={title} />}
      {accounts && accounts.matching === 0 && <p class="soft">{sayNobody(accounts, isLate)}</p>}
      {accounts && accounts.matching > 0 && <Rows desk={desk} model={model} accounts={accounts} title={title} />}
    </aside>
  );
}

function sayNobody({ targetDays }: FunnelAccounts, isLate: boolean): string {
  if (!isLate) return word('desk_funnel_accounts_none');
  return word(targetDays === null ? 'desk_funnel_late_not_agreed' : 'desk_funnel_late_none');
}

interface RowsProps {
  desk: Desk;
  model: FunnelModel;
  accounts: FunnelAccounts;
  title: string;
}

function Rows({ desk, model, accounts, title }: RowsProps) {
  const head = (order: FunnelOrder, text: string) => (
    <SortHead
      title={text}
      direction={order === 'name' ? 'ascending' : 'descending'}
      isHeld={model.order.value === order}
      isFigure={order === 'longest'}
      onSort={() => desk.address.change({ order: order === 'longest' ? '' : order }, false)}
    />
  );
  return (
    <table aria-rowcount={accounts.matching + 1}>
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          {head('name', word('desk_funnel_account'))}
          {head('longest', word('desk_funnel_in_stage'))}
        </tr>
      </thead>
      <tbody>
        <Windowed
          rows={model.listed.rows.value}
          as="tr"
          tall={46}
          selectedId={model.selected.value?.id}
          onEnd={() => void model.listed.fetchMore()}
          draw={(account, place) => (
            <Row
              key={account.id}
              account={account}
              place={place}
              asOf={accounts.asOf}
              target={accounts.targetDays}
              isSelected={account.id === model.selected.value?.id}
            />
          )}
        />
      </tbody>
    </table>
  );
}

interface RowProps {
  account: FunnelAccount;
  place: RowPlace;
  asOf: string;
  target: number | null;
  isSelected: boolean;
}

function Row({ account, place, asOf, target, isSelected }: RowProps) {
  const isLate = target !== null && account.since !== null && isOver(account.since, asOf, target);
  return (
    <tr
      {...place}
      aria-rowindex={place['data-index'] + 2}
      class={isSelected ? 'funnel-account selected' : 'funnel-account'}
    >
      <td class="tight" style={{ width: '72%' }}>
        <div class="cut">
          <a class="count" href={`#/insights?account=${account.id}`} title={word('desk_funnel_heard_there')}>
            {cleanText(account.name)}
          </a>{' '}
          {isSelected && <kbd class="no-print">Enter</kbd>}
        </div>
        <div class="cut small-text faint">
          {[account.segment ?? word('desk_no_segment'), account.owner ?? ''].filter(Boolean).map(cleanText).join(' · ')}
        </div>
      </td>
      <td class="figure">
        <div class={isLate ? 'weak' : undefined}>{writeSince(account, asOf)}</div>
        <div class="small-text faint">{account.since === null ? '' : writeDay(account.since)}</div>
      </td>
    </tr>
  );
}

const isOver = (since: string, asOf: string, days: number) => Date.parse(asOf) - Date.parse(since) > days * 86_400_000;
