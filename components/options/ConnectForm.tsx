import type { InvitePreview } from '#contract/session.ts';
import { word } from '../../utils/platform/words.ts';
import { Complaint } from './Complaint.tsx';
import { InviteFacts } from './InviteFacts.tsx';

/**
 * What stands in the form: the link, what it turned out to be, the person's name, what went wrong. `isOffered`: the link was taken along from its page,
 * nobody pasted it. `obstacle`: why this browser cannot take the invite as it stands.
 */
export interface ConnectDraft {
  link: string;
  isOffered: boolean;
  preview: (InvitePreview & { obstacle: string | null }) | null;
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

function LinkStep({ link, complaint, isBusy, onLink, onLook }: ConnectFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onLook();
      }}
    >
      <p class="hint">{word('options_open_page_hint')}</p>
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
      <p class="hint last">{word('options_need_link')}</p>
    </form>
  );
}

/** The link was taken along, and is being looked at or cannot be: the person reads what became of it, not a field with a secret in it. */
function OfferedStep({ complaint, isBusy, onLook, onBack }: ConnectFormProps) {
  return (
    <>
      {isBusy && <p class="hint">{word('options_looking')}</p>}
      <Complaint text={complaint} />
      {!isBusy && (
        <p class="actions">
          <button type="button" onClick={onLook}>
            {word('options_retry')}
          </button>
          <button type="button" onClick={onBack}>
            {word('options_other_link')}
          </button>
        </p>
      )}
    </>
  );
}

function JoinStep({ link, isOffered, preview, name, complaint, isBusy, onName, onJoin, onBack }: ConnectFormProps) {
  if (preview === null) return null;
  const back = (
    <button type="button" onClick={onBack}>
      {word(isOffered ? 'options_not_now' : 'options_other_link')}
    </button>
  );
  if (preview.obstacle !== null)
    return (
      <>
        <InviteFacts link={link} preview={preview} />
        <p class="notice" role="alert">
          {preview.obstacle}
        </p>
        <p class="actions">{back}</p>
      </>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onJoin();
      }}
    >
      <InviteFacts link={link} preview={preview} />
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
        aria-invalid={complaint !== null}
        onInput={(event) => onName(event.currentTarget.value)}
      />
      <Complaint text={complaint} />
      <p class="actions">
        <button type="submit" class="main" disabled={isBusy}>
          {word(isBusy ? 'options_joining' : 'options_join', preview.workspace)}
        </button>
        {back}
      </p>
    </form>
  );
}

/** Connects this browser: first the link, then, once it is known who invites to what, the person's name. Nothing is taken before they say so. */
export function ConnectForm(props: ConnectFormProps) {
  if (props.preview !== null) return <JoinStep {...props} />;
  return props.isOffered ? <OfferedStep {...props} /> : <LinkStep {...props} />;
}
