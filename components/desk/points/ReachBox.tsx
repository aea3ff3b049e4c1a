import { useEffect } from 'preact/hooks';
import type { AudienceCondition, Reach } from '#contract/desk.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { nameCondition, withoutCondition, withPeriod } from '../../../utils/view/desk/audience.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writeDay, writeMoment } from '../../../utils/view/desk/figures.ts';
import type { TalkingPoints } from '../../../utils/view/desk/talking-points.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Empty } from '../parts/Empty.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';

const shownSegments = 4;

/** Whom the next push reaches, counted by the store; or who would be reached, when it is nobody. */
export function ReachBox({ desk, model }: { desk: Desk; model: TalkingPoints }) {
  const reach = model.reach.value.value;
  const failure = model.reach.failure.value;
  const isOpen = desk.address.place.value.params['accounts'] === 'shown';
  if (!reach) {
    return (
      <section>
        {failure ? <p class="fault">{failure.message}</p> : <Skeleton rows={2} waitsFor={word('desk_reach')} />}
      </section>
    );
  }
  if (reach.accounts === 0) return <Nobody model={model} reach={reach} />;
  return (
    <section>
      <h2 class="unseen">{word('desk_reach')}</h2>
      <div class="box sunk">
        <div class="reach">
          <Figure name={word('desk_reach_accounts')} count={reach.accounts} />
          <Figure name={word('desk_reach_contacts')} count={reach.contacts} />
          <Figure name={word('desk_reach_reps')} count={reach.reps} />
          <SegmentBars reach={reach} />
        </div>
        <p class="small-text soft" style={{ marginTop: '8px' }}>
          {reach.reps === 0 ? word('desk_reach_no_reps') : word('desk_reach_when')}{' '}
          {isBehind(reach) && `${word('desk_reach_as_of', writeMoment(reach.asOf ?? ''))} `}
          <button
            type="button"
            class="go small-text"
            aria-expanded={isOpen}
            onClick={() => desk.address.change({ accounts: isOpen ? '' : 'shown' })}
          >
            {isOpen ? word('desk_reach_hide') : countWord('desk_reach_see', reach.accounts)}
          </button>
        </p>
      </div>
      {isOpen && <Accounts model={model} />}
    </section>
  );
}

/** Touches are counted behind what comes in; a minute of that is worth no word. */
const isBehind = ({ asOf }: Reach) => asOf !== null && Date.now() - Date.parse(asOf) > 120_000;

function Figure({ name, count }: { name: string; count: number }) {
  return (
    <div>
      <p class="small-text faint">{name}</p>
      <p class="figures">{writeCount(count)}</p>
    </div>
  );
}

function SegmentBars({ reach }: { reach: Reach }) {
  const shown = reach.bySegment.slice(0, shownSegments);
  const rest = reach.bySegment.slice(shownSegments).reduce((sum, each) => sum + each.accounts, 0);
  const most = Math.max(1, ...shown.map((each) => each.accounts));
  return (
    <table>
      <caption class="unseen">{word('desk_reach_by_segment')}</caption>
      <tbody>
        {shown.map(({ segment, accounts }) => (
          <tr key={segment}>
            <td class="tight" style={{ width: '60%' }}>
              <div class="cut" title={segment === null ? undefined : cleanText(segment)}>
                {segment === null ? word('desk_no_segment') : cleanText(segment)}
              </div>
            </td>
            <td>
              <svg class="chart" width="64" height="8" aria-hidden="true">
                <rect width={(accounts / most) * 64} height="8" rx="1.5" class="bar" />
              </svg>
            </td>
            <td class="figure">{writeCount(accounts)}</td>
          </tr>
        ))}
        {rest > 0 && (
          <tr>
            <td class="faint">{word('desk_reach_others')}</td>
            <td />
            <td class="figure">{writeCount(rest)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** An audience of nobody: the condition that emptied it, and what would help. */
function Nobody({ model, reach }: { model: TalkingPoints; reach: Reach }) {
  const index = reach.steps.findIndex((step) => step.accounts === 0);
  const emptied: AudienceCondition = reach.steps[index]?.condition ?? 'all';
  if (emptied === 'all') {
    return (
      <section>
        <Empty glyph="plug" title={word('desk_nobody_yet')} text={word('desk_nobody_yet_text')}>
          <a class="go" href="#/sources">
            {word('desk_nobody_import')}
          </a>
        </Empty>
      </section>
    );
  }
  const { remedy } = reach;
  const before = reach.steps[index - 1]?.accounts ?? 0;
  const { audience } = model.draft.value;
  const days = remedy?.activeDays ?? remedy?.dormantDays ?? null;
  const use = () => {
    if (days !== null) model.editAudience(withPeriod(audience, emptied === 'dormant' ? 'dormant' : 'active', days));
  };
  return (
    <section>
      <Empty
        glyph="say"
        title={word('desk_nobody_title')}
        text={
          <>
            {countWord('desk_nobody_before', before, nameLine(emptied))}{' '}
            {remedy && days !== null && countWord('desk_nobody_longer', remedy.accounts, days)}
            {remedy && days === null && countWord('desk_nobody_without', remedy.accounts)}
          </>
        }
      >
        {days !== null && (
          <button type="button" class="press small" onClick={use}>
            {word('desk_nobody_use', days)}
          </button>
        )}
        {emptied !== 'contactable' && (
          <button type="button" class="go" onClick={() => model.editAudience(withoutCondition(audience, emptied))}>
            {word('desk_nobody_drop')}
          </button>
        )}
      </Empty>
    </section>
  );
}

const nameLine = (condition: AudienceCondition) =>
  condition.startsWith('without_')
    ? `${word('desk_audience_without')} ${nameCondition(condition)}`
    : nameCondition(condition);

function Accounts({ model }: { model: TalkingPoints }) {
  const { audience } = model.draft.value;
  useEffect(() => {
    model.accounts.show({ method: 'POST', path: '/v1/desk/audience-accounts', body: audience });
  }, [audience]);
  const accounts = model.accounts.value.value;
  if (!accounts) return <Skeleton rows={4} waitsFor={word('desk_reach_accounts')} />;
  return (
    <table style={{ marginTop: '12px' }}>
      <caption class="unseen">{word('desk_reach_accounts')}</caption>
      <thead>
        <tr>
          <th scope="col">{word('desk_account')}</th>
          <th scope="col">{word('desk_condition_segments')}</th>
          <th scope="col">{word('desk_condition_tiers')}</th>
          <th scope="col">{word('desk_condition_stages')}</th>
          <th scope="col" class="figure">
            {word('desk_reach_contacts')}
          </th>
          <th scope="col" class="figure">
            {word('desk_last_active')}
          </th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id}>
            <td class="tight" style={{ width: '34%' }}>
              <div class="cut">{cleanText(account.name)}</div>
            </td>
            <td class="tight soft" style={{ width: '24%' }}>
              <div class="cut">{cleanText(account.segment ?? '')}</div>
            </td>
            <td>{account.tier}</td>
            <td class="soft">{cleanText(account.stage ?? '')}</td>
            <td class="figure">{writeCount(account.contacts)}</td>
            <td class="figure faint">{account.lastActiveAt ? writeDay(account.lastActiveAt) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
