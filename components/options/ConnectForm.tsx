import type { InvitePreview } from '#contract/session.ts';
import { word } from '../../utils/platform/words.ts';
import { Complaint } from './Complaint.tsx';

/** What stands in the form: the pasted link, what it turned out to be, the person's name, what went wrong. */
export interface ConnectDraft {
  link: string;
  preview: InvitePreview | null;
  name: string;
  complaint: string | null;
  isBusy: boolean;
}

interface ConnectFormProps extends ConnectDraft {
  onLink: (link: string) => void;
  onName: (name: string) => void;
  onLook: () => void;
  onJoin: () => void;
  onBack: () => void;
}

/** The field that was just drawn is where the person goes on; once, not at every key. Has to be one function, as a new one would be called again. */
function takeFocus(field: HTMLInputElement | null): void {
  field?.focus();
}

function hostOf(link: string): string {
  return URL.canParse(link.trim()) ? new URL(link.trim()).host : '';
}

function LinkStep({ link, complaint, isBusy, onLink, onLook }: ConnectFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onLook();
      }}
    >
      <label for="link">{word('options_link_label')}</label>
      <p class="hint" id="link-hint">
        {word('options_link_hint')}
      </p>
      <input
        id="link"
        type="text"
        autocomplete="off"
        spellcheck={false}
        placeholder="https://…/join#…"
        value={link}
        aria-describedby="link-hint complaint"
        aria-invalid={complaint !== null}
        onInput={(event) => onLink(event.currentTarget.value)}
      />
      <Complaint text={complaint} />
      <p class="actions">
        <button type="submit" class="main" disabled={isBusy || link.trim() === ''}>
          {word(isBusy ? 'options_looking' : 'options_look')}
        </button>
      </p>
    </form>
  );
}

function JoinStep({ link, preview, name, complaint, isBusy, onName, onJoin, onBack }: ConnectFormProps) {
  if (preview === null) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onJoin();
      }}
    >
      <dl class="facts">
        <dt>{word('options_store')}</dt>
        <dd>{hostOf(link)}</dd>
        <dt>{word('options_workspace')}</dt>
        <dd>{preview.workspace}</dd>
        <dt>{word('options_invited_by')}</dt>
        <dd>{preview.invitedBy}</dd>
        <dt>{word('options_as')}</dt>
        <dd>
          {word(`options_role_${preview.role}`)}, {preview.address}
        </dd>
      </dl>
      <label for="name">{word('options_name_label')}</label>
      <p class="hint" id="name-hint">
        {word('options_name_hint')}
      </p>
      <input
        id="name"
        ref={takeFocus}
        type="text"
        autocomplete="name"
        maxLength={200}
        value={name}
        aria-describedby="name-hint complaint"
        onInput={(event) => onName(event.currentTarget.value)}
      />
      <Complaint text={complaint} />
      <p class="actions">
        <button type="submit" class="main" disabled={isBusy || name.trim() === ''}>
          {word(isBusy ? 'options_joining' : 'options_join', preview.workspace)}
        </button>
        <button type="button" onClick={onBack}>
          {word('options_other_link')}
        </button>
      </p>
    </form>
  );
}

/** Connects this browser: first the link, then, once it is known who invites to what, the person's name. Nothing is taken before they say so. */
export function ConnectForm(props: ConnectFormProps) {
  return props.preview === null ? <LinkStep {...props} /> : <JoinStep {...props} />;
}
