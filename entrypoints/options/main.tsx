import { render } from 'preact';
import { browser } from 'wxt/browser';
import type { PanelSide } from '#contract/settings.ts';
import '../../components/ui/tokens.css';
import '../../components/options/options.css';
import { ConnectForm } from '../../components/options/ConnectForm.tsx';
import { countUnsent, writeUnsent } from '../../components/options/copy-words.ts';
import { Diagnostics } from '../../components/options/Diagnostics.tsx';
import { FirstSteps } from '../../components/options/FirstSteps.tsx';
import { LeftBehind } from '../../components/options/LeftBehind.tsx';
import { Membership } from '../../components/options/Membership.tsx';
import { Notice } from '../../components/options/Notice.tsx';
import { SiteList } from '../../components/options/SiteList.tsx';
import type { SiteRow } from '../../components/options/site-words.ts';
import { Mark } from '../../components/ui/Mark.tsx';
import { sendMessage } from '../../utils/messaging/send.ts';
import { provideBrowserWords } from '../../utils/platform/browser-words.ts';
import { word } from '../../utils/platform/words.ts';
import { askForHosts } from '../../utils/settings/site-access.ts';
import { keepFile } from './keep-file.ts';
import { report, saveReport, takeReport } from './report.ts';
import * as state from './state.ts';

/** Switches a site. Its hosts are asked for inside the click, as browsers require; where they were granted already nobody is asked. */
async function switchSite({ site, isOn, hosts }: SiteRow): Promise<void> {
  const isGranted = isOn || (await askForHosts(hosts));
  if (isGranted) await sendMessage('setSite', { site, isOn: !isOn });
  await state.refresh();
}

/** Lets Baton read the hosts of a site that is on which the browser does not let it read yet. */
async function allowHosts({ missing }: SiteRow): Promise<void> {
  await askForHosts(missing);
  await state.refresh();
}

/** Opens a site where a person begins there. Nothing is opened where only the company knows that. */
async function openFront({ front }: SiteRow): Promise<void> {
  if (front !== null) await browser.tabs.create({ url: front });
}

async function keepUnsent(): Promise<void> {
  const { value: membership } = state.membership;
  if (membership === null) return;
  const now = new Date().toISOString();
  const title = word('options_unsent_file', membership.session.member.name, new URL(membership.storeUrl).host, now);
  keepFile(`baton-not-sent-${now.slice(0, 10)}.txt`, writeUnsent(title, await sendMessage('getUnsent', null)));
}

function Connect() {
  const { value: draft } = state.draft;
  return (
    <section aria-labelledby="connect">
      <h2 id="connect">{word(draft.isOffered ? 'options_offered_heading' : 'options_connect_heading')}</h2>
      <PolicyLine />
      <ConnectForm
        {...draft}
        onLink={(link) => state.editDraft({ link })}
        onName={(name) => state.editDraft({ name })}
        onLook={() => void state.lookAtInvite()}
        onJoin={() => void state.join()}
        onBack={() => void state.startOver()}
      />
    </section>
  );
}

/** Chooses where a site's panel stands. It is the background that refuses, when somebody else has fixed it meanwhile. */
async function chooseSide({ site }: SiteRow, side: PanelSide): Promise<void> {
  await sendMessage('setPanelSide', { site, side });
  await state.refresh();
}

function Sites({ isShort }: { isShort: boolean }) {
  return (
    <SiteList
      {...state.sites.value}
      isShort={isShort}
      onSwitch={(row) => void switchSite(row)}
      onAllow={(row) => void allowHosts(row)}
      onSide={(row, side) => void chooseSide(row, side)}
    />
  );
}

/** What the organisation that manages this browser has fixed of the store, before one connects. */
function PolicyLine() {
  const { storeUrl, problem } = state.policy.value;
  if (problem !== null) return <p class="complaint">{word('options_policy_problem', problem)}</p>;
  return storeUrl === null ? null : <p class="hint">{word('options_policy_store', new URL(storeUrl).host)}</p>;
}

function Steps() {
  const { value: status } = state.status;
  const { value: steps } = state.steps;
  if (status === null || steps === null) return null;
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{word('options_steps_heading')}</h2>
      <FirstSteps
        {...steps}
        status={status}
        sites={state.sites.value.sites}
        onOpenSite={(row) => void openFront(row)}
        onOpenDesk={(page) => void browser.tabs.create({ url: `/desk.html#/${page}` })}
      >
        <Sites isShort />
      </FirstSteps>
    </section>
  );
}

function Member() {
  const { value: membership } = state.membership;
  const { value: status } = state.status;
  if (membership === null || status === null) return null;
  const { complaint, isBusy } = state.leaving.value;
  return (
    <section aria-labelledby="member">
      <h2 id="member">{word('options_member_heading')}</h2>
      <Membership
        {...membership}
        status={status}
        complaint={complaint}
        isBusy={isBusy}
        mayDiscard={complaint !== null}
        onSync={() => void sendMessage('syncNow', null)}
        onDesk={() => void sendMessage('openDesk', null)}
        onKeepUnsent={() => void keepUnsent()}
        onSignOut={(discardUnsent) => void state.signOut(discardUnsent)}
      />
    </section>
  );
}

/** What the member did here and the store never got, once it does not accept this browser any more. */
function Left() {
  const { value: membership } = state.membership;
  const { value: status } = state.status;
  if (membership === null || status?.connection !== 'signedOut') return null;
  const count = countUnsent(status);
  if (count === 0) return null;
  return (
    <LeftBehind
      member={membership.session.member.name}
      count={count}
      isBusy={state.leaving.value.isBusy}
      onKeep={() => void keepUnsent()}
      onDiscard={() => void state.signOut(true)}
    />
  );
}

function Page() {
  const { value: status } = state.status;
  const { value: isConnected } = state.isConnected;
  if (status === null) return null;
  const isNew = isConnected && state.isNew.value;
  return (
    <main>
      <header>
        <Mark size={28} />
        <h1>{word('manifest_name')}</h1>
      </header>
      <Notice status={status} />
      {(!isConnected || state.draft.value.isOffered) && <Connect />}
      <Left />
      {isNew && <Steps />}
      {isConnected && <Member />}
      {!isNew && (
        <section aria-labelledby="sites">
          <h2 id="sites">{word('options_sites_heading')}</h2>
          <p class="hint">{word('options_sites_hint')}</p>
          <Sites isShort={false} />
        </section>
      )}
      {(isConnected || report.value !== null) && (
        <Diagnostics looks={state.looks.value} report={report.value} onSave={saveReport} />
      )}
    </main>
  );
}

provideBrowserWords();
document.title = word('options_title');
const root = document.getElementById('root');
if (root !== null) render(<Page />, root);
state.follow();
void state.refresh().then(state.takeOffer);
void takeReport();
