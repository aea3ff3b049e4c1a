import { render } from 'preact';
import { browser } from 'wxt/browser';
import '../../components/ui/tokens.css';
import '../../components/options/options.css';
import { ConnectForm } from '../../components/options/ConnectForm.tsx';
import { Membership } from '../../components/options/Membership.tsx';
import { Notice } from '../../components/options/Notice.tsx';
import { SiteList, type SiteRow } from '../../components/options/SiteList.tsx';
import { Mark } from '../../components/ui/Mark.tsx';
import { sendMessage } from '../../utils/messaging/send.ts';
import { provideBrowserWords } from '../../utils/platform/browser-words.ts';
import { word } from '../../utils/platform/words.ts';
import * as state from './state.ts';

/** Switches a site. The host is asked for inside the click, as browsers require; where it was granted already nobody is asked. */
async function switchSite({ site, isOn, hosts }: SiteRow): Promise<void> {
  const isGranted = isOn || (await browser.permissions.request({ origins: hosts }));
  if (isGranted) await sendMessage('setSite', { site, isOn: !isOn });
  await state.refresh();
}

function Connect() {
  return (
    <section aria-labelledby="connect">
      <h2 id="connect">{word('options_connect_heading')}</h2>
      <ConnectForm
        {...state.draft.value}
        onLink={(link) => state.editDraft({ link })}
        onName={(name) => state.editDraft({ name })}
        onLook={() => void state.lookAtInvite()}
        onJoin={() => void state.join()}
        onBack={state.startOver}
      />
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
        onSignOut={(discardUnsent) => void state.signOut(discardUnsent)}
      />
    </section>
  );
}

function Page() {
  const { value: status } = state.status;
  if (status === null) return null;
  return (
    <main>
      <header>
        <Mark size={28} />
        <h1>{word('manifest_name')}</h1>
      </header>
      <Notice status={status} />
      {state.isConnected.value ? <Member /> : <Connect />}
      <section aria-labelledby="sites">
        <h2 id="sites">{word('options_sites_heading')}</h2>
        <p class="hint">{word('options_sites_hint')}</p>
        <SiteList sites={state.sites.value} onSwitch={(row) => void switchSite(row)} />
      </section>
    </main>
  );
}

provideBrowserWords();
document.title = word('options_title');
const root = document.getElementById('root');
if (root !== null) render(<Page />, root);
state.follow();
void state.refresh();
