import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';

interface FieldProps {
  name: string;
  /** How many characters are used, of how many. */
  used?: number;
  of?: number;
  /** What it is for, below the control. */
  hint?: string | undefined;
  fault?: string | undefined;
  /** Draws the control with what ties it to its name and to what is said about it. */
  children: (control: { id: string; 'aria-describedby': string }) => JSX.Element;
}

/** A control with its name above, how much room is left, and what is wrong with it below. */
export function Field({ name, used, of, hint, fault, children }: FieldProps) {
  const id = useId();
  return (
    <div class="label held">
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is drawn by the child */}
      <label class="label">
        <span class="name">{name}</span>
        {children({ id, 'aria-describedby': `${id}-room ${id}-hint ${id}-fault` })}
      </label>
      {of !== undefined && (
        <span id={`${id}-room`} class={(used ?? 0) > of ? 'room danger' : 'room faint'}>
          {word('desk_of', used ?? 0, of)}
        </span>
      )}
      {hint && (
        <span id={`${id}-hint`} class="small-text soft">
          {hint}
        </span>
      )}
      {fault && (
        <span id={`${id}-fault`} class="fault" role="alert">
          {fault}
        </span>
      )}
    </div>
  );
}
