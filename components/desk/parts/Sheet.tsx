import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface SheetProps {
  /** The button's content. */
  label: ComponentChildren;
  /** The button's name where its content does not say it. */
  name: string;
  look: string;
  /** What opens below the button; `close` closes it and gives the focus back. */
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens a small sheet below it. Esc, a press elsewhere and leaving by Tab close it. */
export function Sheet({ label, name, look, children }: SheetProps) {
  const [isOpen, setOpen] = useState(false);
  const holder = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    holder.current?.querySelector<HTMLElement>('.sheet input, .sheet button')?.focus();
    const leave = (event: Event) => {
      if (event.target instanceof Node && !holder.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears Esc on its way up from the button and the sheet
    <span
      class="holder"
      ref={holder}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        type="button"
        class={look}
        ref={button}
        aria-label={name}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {label}
      </button>
      {isOpen && <div class="sheet">{children(close)}</div>}
    </span>
  );
}
