import type { ComponentChildren } from 'preact';
import type { PanelStatus } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { Icon } from '../ui/Icon.tsx';
import { PanelPicture } from './PanelPicture.tsx';
import type { SiteRow } from './site-words.ts';

/** How far a new device has come. `accounts`: of its copy; null before the first has begun. */
export interface FirstStepsState {
  accounts: { copied: number; of: number } | null;
  hasShownCard: boolean;
}

interface FirstStepsProps extends FirstStepsState {
  status: PanelStatus;
  sites: SiteRow[];
  onOpenSite: (row: SiteRow) => void;
  onOpenDesk: (page: 'sources' | 'people') => void;
  /** The switches of the sites, drawn by the page that knows them. */
  children: ComponentChildren;
}

function Step({ title, isDone, children }: { title: string; isDone: boolean; children?: ComponentChildren }) {
  return (
    <li class={isDone ? 'step done' : 'step'}>
      <span class="tick">{isDone && <Icon name="check" />}</span>
      <div>
        <h3>
          <span class="unseen">{word(isDone ? 'options_steps_ticked' : 'options_steps_open')} </span>
          {title}
        </h3>
        {children}
      </div>
    </li>
  );
}

function CopyStep({ accounts, isReady }: { accounts: FirstStepsState['accounts']; isReady: boolean }) {
  const { copied, of } = accounts ?? { copied: 0, of: 0 };
  return (
    <Step title={word('options_step_copy')} isDone={isReady && of > 0}>
      <p class="hint">{word('options_step_copy_text')}</p>
      <p role="status">
        {isReady && of === 0 && word('options_step_copy_empty')}
        {isReady && of > 0 && countWords('options_step_copied', of)}
        {!isReady &&
          (of === 0 ? word('options_step_copy_waiting') : word('options_step_copying', group(copied), group(of)))}
      </p>
      {!isReady && <progress value={copied} max={Math.max(1, of)} aria-label={word('options_step_copy')} />}
    </Step>
  );
}

function group(count: number): string {
  return count.toLocaleString();
}

function countWords(key: string, count: number): string {
  return count === 1 ? word(`${key}_one`) : word(key, group(count));
}

function DataStep({ count, onOpen }: { count: number; onOpen: () => void }) {
  return (
    <Step title={word('options_step_data')} isDone={count > 0}>
      {count > 0 ? (
        <p class="hint">{countWords('options_step_data_done', count)}</p>
      ) : (
        <>
          <p class="hint">{word('options_step_data_text')}</p>
          <p class="actions">
            <button type="button" class="main" onClick={onOpen}>
              {word('options_step_data_open')}
            </button>
          </p>
        </>
      )}
    </Step>
  );
}

function MailStep({
  sites,
  isReady,
  hasShownCard,
  onOpenSite,
}: Pick<FirstStepsProps, 'sites' | 'hasShownCard' | 'onOpenSite'> & { isReady: boolean }) {
  const on = sites.filter((row) => row.isOn && row.front !== null);
  return (
    <Step title={word('options_step_mail')} isDone={hasShownCard}>
      {hasShownCard ? (
        <p class="hint">{word('options_step_mail_done')}</p>
      ) : (
        <>
          <p class="hint">{word('options_step_mail_text')}</p>
          <PanelPicture />
          <p class="actions">
            {on.map((row, index) => (
              <button
                key={row.site}
                type="button"
                class={isReady && index === 0 ? 'main' : ''}
                onClick={() => onOpenSite(row)}
              >
                {word('options_open_site', row.name)}
              </button>
            ))}
          </p>
        </>
      )}
    </Step>
  );
}

/** Something is read, and of no site that is on it is open where its panel stands. */
function areChosen(sites: readonly SiteRow[]): boolean {
  const on = sites.filter((row) => row.isOn);
  return on.length > 0 && on.every((row) => row.panel.side !== null);
}

/** What is left to do between having joined and the first card; each step ticks itself, by what is in this browser alone. */
export function FirstSteps(props: FirstStepsProps) {
  const { status, sites, accounts, hasShownCard, onOpenDesk, children } = props;
  const isReady = status.replica === 'ready';
  const count = isReady ? (accounts?.of ?? 0) : 0;
  const mayBringData = status.role !== 'rep' && isReady && count === 0;
  return (
    <>
      <ol class="steps">
        <Step title={word('options_step_connected')} isDone>
          <p class="hint">
            {word(
              'options_step_connected_text',
              status.member ?? '',
              word(`options_role_${status.role}`),
              status.workspace ?? '',
            )}
          </p>
        </Step>
        <Step title={word('options_step_sites')} isDone={areChosen(sites)}>
          <p class="hint">{word('options_step_sites_text')}</p>
          {children}
        </Step>
        {mayBringData ? (
          <DataStep count={count} onOpen={() => onOpenDesk('sources')} />
        ) : (
          <CopyStep accounts={accounts} isReady={isReady} />
        )}
        <MailStep {...props} isReady={count > 0} />
      </ol>
      {hasShownCard && areChosen(sites) && (
        <p class="all-set" role="status">
          {word('options_steps_done')}
        </p>
      )}
      {status.role !== 'rep' && (
        <div class="aside">
          <h3>{word('options_steps_invite')}</h3>
          <p class="hint">{word('options_steps_invite_text')}</p>
          <p class="actions">
            <button type="button" onClick={() => onOpenDesk('people')}>
              {word('options_steps_invite_open')}
            </button>
          </p>
        </div>
      )}
    </>
  );
}
