import { useRef } from 'preact/hooks';
import type { Role } from '#contract/session.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { PeoplePage } from '../../../utils/view/desk/people.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { Select } from '../parts/Select.tsx';

/** Asks somebody in. The link it answers is shown once. */
export function InviteForm({ desk, model }: { desk: Desk; model: PeoplePage }) {
  const form = model.form.value;
  const roles: Role[] =
    desk.connection.value?.session.member.role === 'admin' ? ['rep', 'marketer', 'admin'] : ['rep', 'marketer'];
  const send = (event: Event) => {
    event.preventDefault();
    void model.invite();
  };
  return (
    <section>
      <h2>{word('desk_invite')}</h2>
      <form class="words" style={{ marginTop: '8px' }} onSubmit={send}>
        <label class="label">
          <span class="name">{word('desk_invite_mail')}</span>
          <input
            class="input"
            type="email"
            required
            autocomplete="off"
            value={form.address}
            onInput={(event) => model.edit({ address: event.currentTarget.value, failure: null })}
          />
        </label>
        <div class="pair">
          <div class="label">
            <span class="name">{word('desk_invite_role')}</span>
            <Select
              name={word('desk_invite_role')}
              value={form.role}
              options={roles.map((role) => ({ value: role, text: word(`options_role_${role}`) }))}
              isField
              onChoose={(role) => model.edit({ role: role as Role })}
            />
          </div>
          <label class="label">
            <span class="name">{word('desk_invite_team')}</span>
            <input
              class="input"
              maxLength={120}
              placeholder={word('desk_invite_team_hint')}
              value={form.team}
              onInput={(event) => model.edit({ team: event.currentTarget.value })}
            />
          </label>
        </div>
        {form.failure && (
          <p class="fault" role="alert">
            {form.failure}
          </p>
        )}
        <div class="row">
          <button type="submit" class="press first" disabled={form.isSending || !form.address.trim()}>
            {word('desk_invite_make')}
          </button>
          <span class="small-text faint">{word('desk_invite_life')}</span>
        </div>
      </form>
      {form.link && <Link desk={desk} model={model} link={form.link} />}
    </section>
  );
}

function Link({ desk, model, link }: { desk: Desk; model: PeoplePage; link: { address: string; url: string } }) {
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    await desk.tools.copy(link.url);
    desk.notify(word('desk_invite_copied', link.address));
  };
  return (
    <div class="box raised stack" style={{ marginTop: '12px' }} role="status">
      <p>
        <b>{word('desk_invite_link', link.address)}</b>
      </p>
      <p class="small-text soft">{word('desk_invite_once')}</p>
      <div class="row">
        <input
          ref={field}
          class="input"
          readOnly
          aria-label={word('desk_invite_link', link.address)}
          value={link.url}
          onFocus={() => field.current?.select()}
        />
        <button type="button" class="press first tall" onClick={() => void copy()}>
          <Glyph name="copy" />
          {word('desk_preview_copy')}
        </button>
      </div>
      <div>
        <button type="button" class="go small-text" onClick={model.forgetLink}>
          {word('desk_invite_done')}
        </button>
      </div>
    </div>
  );
}
