import { render } from 'preact';
import { browser } from 'wxt/browser';
import type { PanelStatus } from '#contract/card.ts';
import type { PanelSide } from '#contract/settings.ts';
import { drawInertText } from '../../components/ui/inert-drawing.ts';
import '../../components/ui/tokens.css';
import '../../components/options/options.css';
import '../../components/options/diagnostics.css';
import { ConnectForm } from '../../components/options/ConnectForm.tsx';
import { writeUnsent } from '../../components/options/copy-words.ts';
import { Diagnostics } from '../../components/options/Diagnostics.tsx';
import { FirstSteps } from '../../components/options/FirstSteps.tsx';
import { writeFigures } from '../../components/options/figures.ts';
import { Membership } from '../../components/options/Membership.tsx';
import { Notice } from '../../components/options/Notice.tsx';
import { SiteList } from '../../components/options/SiteList.tsx';
import type { SiteRow } from '../../components/options/site-words.ts';
import { Unsent } from '../../components/options/Unsent.tsx';
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

/** Lets the person keep what is not sent as a file. */
async function keepUnsent(): Promise<void> {
  const { value: membership } = state.membership;
  const now = Date.now();
  const [member, store] = (membership && [membership.session.member.name, new URL(membership.storeUrl).host]) || [
    '',
    '',
  ];
  const standing = state.unsent.value.filter((item) => !item.isDiscarded);
  const text = writeUnsent(word('options_unsent_file', member, store), standing, now);
  keepFile(`baton-not-sent-${new Date(now).toISOString().slice(0, 10)}.json`, text);
}

/** What is not sent, once there is something or this browser works for somebody. */
function NotSent() {
  const { value: items } = state.unsent;
  const { value: isConnected } = state.isConnected;
  if (!isConnected && items.length === 0) return null;
  return (
    <Unsent
      items={items}
      whose={isConnected ? null : (state.membership.value?.session.member.name ?? '')}
      now={state.now.value}
      onSend={() => void sendMessage('syncNow', null)}
      onSave={() => void keepUnsent()}
      onDiscard={(sequences) => void state.discard(sequences)}
      onUndo={() => void state.undoDiscard()}
    />
  );
}

function Figures({ status }: { status: PanelStatus }) {
  const figures = writeFigures({
    version: browser.runtime.getManifest().version,
    browser: navigator.userAgent.match(/(Firefox|Edg|Chrome)\/\d+/)?.[0] ?? '',
    status,
    facts: state.facts.value,
    unsent: state.unsent.value,
    looks: state.looks.value,
    now: state.now.value,
  });
  return (
    <Diagnostics
      status={status}
      facts={state.facts.value}
      figures={figures}
      isCopied={state.copied.value === figures}
      onCopy={() => void state.copy(figures)}
      looks={state.looks.value}
      report={report.value}
      onSave={saveReport}
    />
  );
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
      {isNew && <Steps />}
      {isConnected && <Member />}
      <NotSent />
      {!isNew && (
        <section aria-labelledby="sites">
          <h2 id="sites">{word('options_sites_heading')}</h2>
          <p class="hint">{word('options_sites_hint')}</p>
          <Sites isShort={false} />
        </section>
      )}
      {(isConnected || report.value !== null) && <Figures status={status} />}
    </main>
  );
}

provideBrowserWords();
drawInertText();
document.title = word('options_title');
const root = document.getElementById('root');
if (root !== null) render(<Page />, root);
state.follow();
void state.refresh().then(state.takeOffer);
void takeReport();
