import type { ComponentChildren } from 'preact';
import { word } from '../../../utils/platform/words.ts';

interface SendFormProps {
  /** What it is called. */
  name: string;
  /** What its button says. */
  send: string;
  /** Whether what stands in it may be sent. */
  isGood: boolean;
  onSend: () => void;
  onClose: () => void;
  children: ComponentChildren;
  /** At the beginning of the line with the buttons. */
  beside?: ComponentChildren;
}

/** A short form in its place among what it answers: Ctrl or ⌘ with Enter sends it, Esc leaves it. */
export function SendForm({ name, send, isGood, onSend, onClose, children, beside }: SendFormProps) {
  const sendGood = () => {
    if (isGood) onSend();
  };
  return (
    <form
      class="box stack no-print"
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        sendGood();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) sendGood();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      {children}
      <span class="row">
        {beside}
        <button type="submit" class="press first small" disabled={!isGood}>
          {send}
        </button>
        <button type="button" class="press small bare" onClick={onClose}>
          {word('desk_cancel')}
        </button>
      </span>
    </form>
  );
}
