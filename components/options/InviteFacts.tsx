import type { InvitePreview } from '#contract/session.ts';
import { word } from '../../utils/platform/words.ts';
import { writeInstant } from './copy-words.ts';

function hostOf(link: string): string {
  return URL.canParse(link.trim()) ? new URL(link.trim()).host : '';
}

/** Who invites, to what, as whom and until when: all there is to know before an invite is taken. */
export function InviteFacts({ link, preview }: { link: string; preview: InvitePreview }) {
  return (
    <>
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
        <dt>{word('options_until')}</dt>
        <dd>{writeInstant(preview.expiresAt)}</dd>
      </dl>
      <p class="hint">{word('options_for_whom', preview.address)}</p>
    </>
  );
}
