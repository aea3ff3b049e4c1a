import { useRef } from 'preact/hooks';
import { word } from '../../utils/platform/words.ts';

interface GripProps {
  /** In CSS pixels. */
  width: number;
  /** While dragging, `isDone` false: draw it, do not keep it yet. */
  onWidth: (width: number, isDone: boolean) => void;
}

/** The panel's limits and its first width, in CSS pixels. */
export const widths = { least: 280, usual: 340, most: 520 } as const;
const step = 20;

/** A width within the limits. */
export function holdWidth(width: number): number {
  return Math.min(widths.most, Math.max(widths.least, Math.round(width)));
}

/** The edge that is dragged; arrow keys move it, Home and End to the limits, a double click to where it first was. */
export function Grip({ width, onWidth }: GripProps) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const byKey: Record<string, number> = {
    ArrowLeft: width + step,
    ArrowRight: width - step,
    Home: widths.least,
    End: widths.most,
  };
  const measure = (event: PointerEvent) =>
    // Screen coordinates: the panel's own move with the edge that is dragged.
    start.current === null ? width : holdWidth(start.current.width + start.current.x - event.screenX);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule of text cannot be dragged; this is the separator of the window-splitter pattern
    <div
      class="grip"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={word('panel_width')}
      aria-valuenow={width}
      aria-valuemin={widths.least}
      aria-valuemax={widths.most}
      onKeyDown={(event) => {
        const next = byKey[event.key];
        if (next === undefined) return;
        event.preventDefault();
        onWidth(holdWidth(next), true);
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        start.current = { x: event.screenX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => start.current !== null && onWidth(measure(event), false)}
      onPointerUp={(event) => {
        if (start.current === null) return;
        const next = measure(event);
        start.current = null;
        onWidth(next, true);
      }}
      onPointerCancel={() => {
        start.current = null;
      }}
      onDblClick={() => onWidth(widths.usual, true)}
    />
  );
}
