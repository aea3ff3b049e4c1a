import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { longest } from '#contract/limits.ts';
import { word } from '../../../utils/platform/words.ts';

interface WhyProps {
  /** What is proposed is sound, and another than what there is. */
  isReady: boolean;
  /** Answers whether it was taken. */
  onSend: (why: string) => Promise<unknown>;
  onCancel: () => void;
  /** The fields of what is proposed. */
  children: ComponentChildren;
}

/** A proposal for those who edit: what it should be, and why. */
export function Why({ isReady, onSend, onCancel, children }: WhyProps) {
  const [why, setWhy] = useState('');
  const [isSent, setSent] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    if (await onSend(why.trim())) setSent(true);
  };
  return (
    <form class="box stack" onSubmit={(event) => void send(event)}>
      {children}
      <label class="label">
        <span class="name">{word('desk_propose_why')}</span>
        <textarea
          class="input"
          rows={2}
          maxLength={longest.draftNote}
          value={why}
          onInput={(event) => setWhy(event.currentTarget.value)}
        />
      </label>
      <span class="row">
        <button type="submit" class="press" disabled={!isReady || why.trim() === '' || isSent}>
          {word('desk_propose_send')}
        </button>
        <button type="button" class="press bare" onClick={onCancel}>
          {word(isSent ? 'desk_words_close' : 'desk_cancel')}
        </button>
        <span role="status">{isSent ? word('desk_proposed') : ''}</span>
      </span>
    </form>
  );
}
